package dev.backfill.foundationdb.walk

import dev.backfill.connector.Lookup
import dev.backfill.connector.LookupContract
import dev.backfill.connector.Row
import dev.backfill.fake.FakeTime
import dev.backfill.foundationdb.Records
import dev.backfill.foundationdb.connection.Cluster
import dev.backfill.foundationdb.key.Bytes

import java.time.Instant

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.key

class PointerLookupSpec extends LookupContract {
    @Override
    Lookup lookupOver(Collection<Integer> numbers) {
        def records = numbers.collectEntries { [(key('id', id(it), [1] as byte[])): Bytes.of(id(it, 7))] } as Map<byte[], byte[]>
        new PointerLookup(new Cluster(Records.database(records), new FakeTime(Instant.EPOCH), ''), WalkSpec.stop('pointer id', 'id', ['user_id'], 'device_id', true))
    }

    @Override
    String value(int number) { id(number, 7) }

    @Override
    Object found(int number) { id(number) }

    @Override
    Object shown(Row row) { row.user_id }

    @Override
    List<String> impossible() { super.impossible() + ['1-1-1-1-1', "{${value(1)}}".toString(), value(1) + '0'] }

    def "a value is found in either case of its letters"() {
        given:
        def lookup = lookupOver([0xabc])
        def upper = value(0xabc).toUpperCase()

        expect:
        upper != value(0xabc)
        lookup.find([upper]).keySet() == [upper] as Set
    }
}
