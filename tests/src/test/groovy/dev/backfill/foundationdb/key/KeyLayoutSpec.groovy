package dev.backfill.foundationdb.key

import spock.lang.Specification

import java.time.Instant

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.key

class KeyLayoutSpec extends Specification {
    def layout = new KeyLayout('ix', [new KeyPart.Uuid('user_id'), new KeyPart.Nanos('ts'), new KeyPart.Uuid('tea_id')], false)

    def "a key is taken apart and put together again: #nanos ns"() {
        given:
        def bytes = key('ix', id(1), ByteBuffer8.of(nanos), id(2))

        expect:
        layout.fits(bytes)
        layout.read(bytes) == [id(1), time, id(2)]
        layout.write(layout.read(bytes)) == bytes
        layout.parse(layout.text(bytes)) == bytes

        where:
        nanos                   || time
        1_700_000_000_123456789 || Instant.parse('2023-11-14T22:13:20.123456789Z')
        0                       || Instant.EPOCH
        -1                      || Instant.parse('1969-12-31T23:59:59.999999999Z')
    }

    def "a key of another length, or of another prefix, does not fit"() {
        expect:
        !layout.fits(key('ix', id(1)))
        !layout.fits(key('iy', id(1), new byte[8], id(2)))
        !layout.fits(key('ix', id(1), new byte[8], id(2), new byte[1]))
        new KeyLayout('il', [new KeyPart.Uuid('c')], true).fits(key('il', id(1), new byte[3]))
        !new KeyLayout('il', [new KeyPart.Uuid('c')], true).fits(key('il', new byte[15]))
    }

    def "the keys of a prefix end where the next prefix begins"() {
        expect:
        Bytes.afterAll(prefix as byte[]) == end as byte[]

        where:
        prefix             || end
        [0x75]             || [0x76]
        [0x69, 0xFF]       || [0x6A]
        [0x69, 0xFF, 0xFF] || [0x6A]
    }

    def "a prefix without an end, a part with a name that is there, and one behind the rest are refused"() {
        when:
        make.call()

        then:
        thrown IllegalArgumentException

        where:
        make << [{ new KeyLayout('\u00ff', [], false) }, { new KeyLayout('€', [], false) },
                 { new KeyLayout('u', [], false).with(new KeyPart.Uuid('a')).with(new KeyPart.Nanos('a')) },
                 { new KeyLayout('u', [], false).withRest().with(new KeyPart.Uuid('a')) }]
    }

    static class ByteBuffer8 {
        static byte[] of(long number) {
            java.nio.ByteBuffer.allocate(8).putLong(number).array()
        }
    }
}
