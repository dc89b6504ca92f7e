package dev.backfill.flow

import dev.backfill.connector.Fate
import dev.backfill.connector.Outcome
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.TransientFailure
import spock.lang.Specification

class AdaptiveWriteSizeSpec extends Specification {
    def portions = new AdaptiveWriteSize('a sink')
    List<Integer> sizes = []
    int most = 300

    Outcome write(List<Row> rows) {
        portions.write(rows) { some ->
            AdaptiveWriteSize.undivided(some) {
                sizes << some.size()
                if (some.size() > most) {
                    throw new OversizedFailure("no time for ${some.size()}", null)
                }
                def outcome = Outcome.of(some, Fate.WRITTEN)
                some.eachWithIndex { row, i -> if (row.id % 7 == 0) { outcome.rejected(i, "no $row.id") } }
                outcome
            }
        }
    }

    static List<Row> rows(int count, int from = 0) {
        (0..<count).collect { Row.of([id: from + it]) }
    }

    def "what was too much is written in halves, each record once, and its outcome stands at its place"() {
        when:
        def outcome = write(rows(1_000))

        then:
        sizes == [1000, 500] + [250] * 4
        outcome.size() == 1_000
        (0..<1_000).every { outcome.fate(it) == (it % 7 ? Fate.WRITTEN : Fate.REJECTED) }
        outcome.reason(994) == 'no 994'
    }

    def "the next batch is given no more than what worked, without another try"() {
        given:
        write(rows(1_000))
        sizes.clear()

        when:
        def outcome = write(rows(1_003))

        then:
        sizes == [250] * 4 + [3]
        outcome.size() == 1_003
    }

    def "one record for which there is no time is a failure that passes, and so tried again as any other"() {
        given:
        most = 0

        when:
        write(rows(3))

        then:
        thrown TransientFailure
        sizes == [3, 1]
    }

    def "nothing to write is written as nothing"() {
        expect:
        write([]).size() == 0
    }
}
