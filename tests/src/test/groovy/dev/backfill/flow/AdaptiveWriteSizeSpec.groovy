package dev.backfill.flow

import dev.backfill.connector.OversizedFailure
import spock.lang.Specification

class AdaptiveWriteSizeSpec extends Specification {
    def size = new AdaptiveWriteSize('a sink')

    def "half of what was too large is the most from then on"() {
        when:
        tooLarge(1_000)

        then:
        size.most() == 500

        when: 'another write of the old size comes to the same end, and then one of the new size does'
        tooLarge(1_000)
        tooLarge(500)

        then:
        size.most() == 250
    }

    def "it never comes down to nothing"() {
        when:
        tooLarge(2)
        tooLarge(1)

        then:
        size.most() == 1
    }

    def "it grows by half after a hundred full writes in a row, and only full ones count"() {
        given:
        tooLarge(1_000)

        when:
        99.times { size.worked(500) }
        100.times { size.worked(499) }

        then:
        size.most() == 500

        when:
        size.worked(500)

        then:
        size.most() == 750
    }

    def "a larger size that fails costs one try: back to what worked, and twice the patience before the next"() {
        given:
        tooLarge(1_000)
        100.times { size.worked(500) }

        when:
        tooLarge(750)

        then:
        size.most() == 500

        when:
        199.times { size.worked(500) }

        then:
        size.most() == 500

        when:
        size.worked(500)

        then:
        size.most() == 750
    }

    def "a target that recovers is soon written to in whole batches again"() {
        given:
        tooLarge(1_000)

        when: 'batches of a thousand, each in parts'
        int writes = 0
        while (size.most() < 1_000 && writes < 10_000) {
            writes++
            size.worked(size.most())
        }

        then:
        writes == 200
        size.most() == 1_125
    }

    def "a size that worked once and fails now is halved as any other"() {
        given:
        tooLarge(1_000)
        size.worked(500)

        when:
        tooLarge(500)

        then:
        size.most() == 250
    }

    private void tooLarge(int records) {
        size.tooLarge(records, new OversizedFailure('updating products: no time', null))
    }
}
