package dev.backfill.foundationdb.connection

import dev.backfill.connector.FatalFailure
import dev.backfill.fake.FakeTime
import dev.backfill.foundationdb.fake.FakeDatabase
import dev.backfill.foundationdb.read.RangeScan
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant

class ClusterSpec extends Specification {
    @TempDir
    Path folder

    ClusterSettings settings(Path file, Path standIn = null) {
        new ClusterSettings(file, 'DATABASEPATH', Optional.empty(), Optional.ofNullable(standIn))
    }

    def "a cluster that does not answer is told within 10 seconds, with what to check"() {
        given:
        def time = new FakeTime(Instant.EPOCH)
        def database = new FakeDatabase(time::nanos, time::pass)
        database.fallSilent()

        when:
        new Cluster(database, time, '').greet(settings(Path.of('fdb.cluster')), '10.1.2.3:4500')

        then:
        def failure = thrown FatalFailure
        failure.message == 'open FDB: no answer from the cluster of fdb.cluster within 5 s; check that it is up (fdbcli --exec status),' +
                " that 10.1.2.3:4500 can be reached from here, and that the client library is of the cluster's release (7.1)"
        time.nanos() <= Duration.ofSeconds(10).toNanos()
    }

    def "a cluster file that is not there, or is none, is told with its name and what names it"() {
        given:
        def file = folder.resolve('fdb.cluster')
        if (text != null) {
            Files.writeString(file, text)
        }

        when:
        Cluster.open(settings(file))

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("open FDB: the cluster file $file (DATABASEPATH) $told")

        where:
        text                  || told
        null                  || 'is not there; copy it from a server'
        ''                    || 'has no line of the form description:id@address:port'
        '# a comment\nhello\n' || 'has no line of the form description:id@address:port'
    }

    @IgnoreIf(value = { env.FDB_CLUSTER_FILE }, reason = 'the client library is installed')
    def "without the client library the user is told to install it"() {
        given:
        def file = folder.resolve('fdb.cluster')
        Files.writeString(file, 'tea:abc123@127.0.0.1:4500\n')

        when:
        Cluster.open(settings(file))

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith('open FDB: the client library of FoundationDB is not installed (')
        failure.message.contains('install foundationdb-clients 7.1')
    }

    def "a stand-in is read from a file only if that is asked for"() {
        given:
        def records = folder.resolve('records')
        Files.writeString(records, '7501\t6869\n7502\t\n')

        when:
        def cluster = Cluster.open(settings(Path.of('none'), records))

        then:
        cluster.identity() == 'stand-in'
        new RangeScan(cluster, '').read('u'.bytes, 'v'.bytes, 9)*.value == ['hi'.bytes, [] as byte[]]
    }

    def "records that cannot be read are told, with the way out"() {
        given:
        def records = folder.resolve('records')
        Files.writeString(records, 'hello\n')

        when:
        Cluster.open(settings(Path.of('none'), records))

        then:
        def failure = thrown FatalFailure
        failure.message.contains('unset FDB_STAND_IN')
    }
}
