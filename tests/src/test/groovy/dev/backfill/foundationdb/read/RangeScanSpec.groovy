package dev.backfill.foundationdb.read

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.fake.FakeTime
import dev.backfill.foundationdb.Records
import dev.backfill.foundationdb.connection.Cluster
import dev.backfill.foundationdb.fake.FakeDatabase
import dev.backfill.foundationdb.fake.FakeError
import dev.backfill.foundationdb.key.Bytes
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.key

class RangeScanSpec extends Specification {
    def time = new FakeTime(Instant.EPOCH)
    def database = new FakeDatabase(time::nanos, time::pass)
    /** Its clock stands still, so that it never ends a transaction by itself. */
    def careless = new Cluster(database, new FakeTime(Instant.EPOCH), '')
    def scan = new RangeScan(new Cluster(database, time, ''), 'reading users')
    byte[] begin = Bytes.of('u')
    byte[] end = Bytes.of('v')

    def "300,000 records are read though every transaction dies after 5 seconds"() {
        given: 'a cluster that takes 50 seconds for all of them'
        database.load((1..300_000).collectEntries { [(key('u', id(it))): [1] as byte[]] })
        database.takes(Duration.ofNanos(166_667))

        when:
        def found = reader.call(this).read(begin, end, 1_000_000)

        then:
        found*.key.collect { Bytes.hex(it) } == (1..300_000).collect { Bytes.hex(key('u', id(it))) }
        database.transactions() >= atLeast

        where:
        reader                                                        || atLeast
        ({ RangeScanSpec it -> it.scan })                             || 25
        ({ RangeScanSpec it -> new RangeScan(it.careless, 'reading') }) || 10
    }

    def "records of 60 MB are read though a transaction reads no more than 10 MB"() {
        given:
        database.load((1..600).collectEntries { [(key('u', id(it))): new byte[100_000]] })

        expect:
        scan.read(begin, end, 1000).size() == 600
        database.transactions() >= 6
    }

    def "values that together are too large for one transaction are read by their keys in several"() {
        given:
        database.load((1..300).collectEntries { [(key('u', id(it))): new byte[100_000]] })
        def keys = (1..301).collect { key('u', id(it)) }

        when:
        def values = new PointReads(careless, 'reading').values(keys)

        then:
        values*.present == [true] * 300 + [false]
        database.transactions() >= 3
    }

    def "what may work later is tried again by the client's own rules: #code"() {
        given:
        database.load(Records.users(30))
        database.fail(new FakeError('later', code), new FakeError('later', code))

        expect:
        scan.read(begin, end, 100).size() == 30

        where:
        code << [1007, 1009, 1037, 1213]
    }

    def "a failure in the middle goes on after the last key, and gives nothing twice"() {
        given:
        database.load(Records.users(30))
        database.takes(Duration.ofSeconds(1))

        expect: 'five records, then the transaction is too old'
        new RangeScan(careless, 'reading').read(begin, end, 100)*.key.collect { Bytes.hex(it) } ==
                (1..30).collect { Bytes.hex(key('u', id(it))) }
    }

    def "what will never work is told with its number"() {
        given:
        database.fail(new FakeError('Database is locked', 1038))

        when:
        scan.read(begin, end, 100)

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("reading users: FoundationDB says 'Database is locked' (1038)")
    }

    def "a cluster that answers no more is told after the time-out, and may be tried again"() {
        given:
        database.load(Records.users(3))
        database.fallSilent()

        when:
        scan.read(begin, end, 100)

        then:
        def failure = thrown TransientFailure
        failure.message.contains('(1031)')
        time.nanos() == Duration.ofSeconds(10).toNanos()
    }

    def "trying again ends with the transaction's time-out"() {
        given:
        database.load(Records.users(3))
        database.fail(([new FakeError('later', 1037)] * 5000) as FakeError[])

        when:
        scan.read(begin, end, 100)

        then:
        thrown TransientFailure
        time.nanos() < Duration.ofSeconds(11).toNanos()
    }
}
