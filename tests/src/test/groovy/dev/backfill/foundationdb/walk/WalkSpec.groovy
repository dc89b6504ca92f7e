package dev.backfill.foundationdb.walk

import dev.backfill.fake.FakeTime
import dev.backfill.foundationdb.Records
import dev.backfill.foundationdb.connection.Cluster
import dev.backfill.foundationdb.key.Bytes
import dev.backfill.foundationdb.key.KeyLayout
import dev.backfill.foundationdb.key.KeyPart
import spock.lang.Specification

import java.time.Instant

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.key

class WalkSpec extends Specification {
    static Stop stop(String name, String prefix, List<String> uuids, String points = null, boolean open = false) {
        new Stop(name, new KeyLayout(prefix, uuids.collect { new KeyPart.Uuid(it) }, open), Optional.ofNullable(points))
    }

    static final List<Stop> WALK = [stop('user', 'u', ['user_id']), stop('collection', 'l', ['user_id', 'collection_id']),
                                    stop('pointer il', 'il', ['collection_id'], 'qr_id', true), stop('QR', 'q', ['qr_id'])]

    Map<byte[], byte[]> records = [
            (key('u', id(1))): [] as byte[],
            (key('l', id(1), id(11))): [] as byte[],
            (key('il', id(11), id(21))): Bytes.of(id(21)),
            (key('q', id(21))): [] as byte[]]

    List<String> lines(List<Stop> stops = WALK) {
        new Walk(cluster(), stops).lines()
    }

    Cluster cluster() {
        new Cluster(Records.database(records), new FakeTime(Instant.EPOCH), '')
    }

    def "all is well if every pointer leads to a record, and one to every record"() {
        expect:
        lines() == ['every pointer leads to a record, and to every record leads one']
    }

    def "what is lost is counted by its kind: #told"() {
        given:
        records << more

        expect:
        lines() == [told]

        where:
        more                                                 || told
        [(key('q', id(22))): [] as byte[]]                   || "1 QR records that no pointer il points to: ${id(22)}".toString()
        [(key('il', id(11), id(23))): Bytes.of(id(23))]      || "1 pointer il that points to a QR that is not there: ${id(23)}".toString()
        [(key('il', id(99), id(21))): Bytes.of(id(21))]      || "1 pointer il without its collection: ${id(99)}".toString()
        [(key('l', id(9), id(19))): [] as byte[]]            || "1 collection without its user: ${id(9)}/${id(19)}".toString()
        [(key('il', id(11), id(24))): [1, 2] as byte[]]      || "1 pointer il whose value is no uuid: ${id(11)}".toString()
        [(key('q', [1] as byte[])): [] as byte[]]            || '1 QR whose key has the wrong length: 0x7101'
        (31..35).collectEntries { [(key('q', id(it))): [] as byte[]] } || "5 QR records that no pointer il points to: ${id(31)}, ${id(32)}, ${id(33)}, …".toString()
    }

    def "a walk whose stops do not lead to each other is refused"() {
        when:
        Walk.check([WALK[0], WALK[3]])

        then:
        def refused = thrown IllegalArgumentException
        refused.message == "the walk cannot continue to QR: its keys have no 'user_id', but qr_id"
    }

    def "pointers are found by what they point to; several that differ give a list"() {
        given:
        records << [(key('id', id(1), [7] as byte[])): Bytes.of(id(41)), (key('id', id(1), [8] as byte[])): Bytes.of(id(42)),
                    (key('id', id(2), [7] as byte[])): Bytes.of(id(42)), (key('id', id(2), [9] as byte[])): [1] as byte[]]
        def lookup = new PointerLookup(cluster(), stop('pointer id', 'id', ['user_id'], 'device_id', true))

        expect:
        lookup.find([41, 42, 43].collect { id(it).toString() }) ==
                [(id(41).toString()): [user_id: id(1)], (id(42).toString()): [user_id: [id(1), id(2)]]]
    }
}
