package dev.backfill.postgres.connection

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fault.FaultyLine
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.Update as Statements
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.sql.SQLException

class LostConnectionSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @AutoCleanup FaultyLine line = new FaultyLine(settings.port())
    @AutoCleanup PostgresDatabase database = PostgresDatabase.open(PostgresServer.settings(settings.database(), '127.0.0.1', line.port), 2)

    def setupSpec() {
        application.execute 'create table items (id int primary key, n int)'
    }

    def setup() {
        application.execute 'truncate items'
        application.execute 'insert into items select id, 0 from generate_series(1, 10) as id'
    }

    def "a commit whose answer is lost may have happened, and is never called failed"() {
        given:
        def sink = sink(database)
        line.loseAnswerTo('COMMIT')

        when:
        sink.write([Row.of([id: 1, n: 1])])

        then:
        def unknown = thrown UnknownOutcome
        unknown.message.startsWith("committing in $settings.database on 127.0.0.1:")
        unknown.message.contains('the checkpoint says which')
        reached(1)

        and: 'the next one has another connection'
        SinkContract.fates(sink.write([Row.of([id: 1, n: 1])])) == [WriteStatus.UNCHANGED]
    }

    def "a commit that did not reach the server is unknown as well: nobody can tell the two apart"() {
        given:
        def sink = sink(database)
        line.loseRequest('COMMIT')

        when:
        sink.write([Row.of([id: 1, n: 1])])

        then:
        thrown UnknownOutcome

        and:
        SinkContract.fates(sink.write([Row.of([id: 1, n: 1])])) == [WriteStatus.WRITTEN]
    }

    def "several statements sent together whose answer is lost have lost the line, and are no mistake of the program"() {
        given:
        line.loseAnswerTo('insert into items')

        when:
        database.begin().withCloseable { transaction ->
            Statements.each(transaction.connection(), 'insert into items values (?, ?)', (11..count).collect { [it, 0] as Object[] })
        }

        then:
        def lost = thrown SQLException
        PostgresFailures.of(lost, 'adding') instanceof TransientFailure

        where:
        count << [12, 5000]
    }

    def "an update whose answer is lost is undone by the server, and may be tried again"() {
        given:
        def sink = sink(database)
        line.loseAnswerTo('update "public"."items"')

        when:
        sink.write([Row.of([id: 1, n: 1])])

        then:
        thrown TransientFailure
        application.firstRow('select n from items where id = 1').n == 0

        and:
        SinkContract.fates(sink.write([Row.of([id: 1, n: 1])])) == [WriteStatus.WRITTEN]
    }

    def "a page whose answer is lost is no end, and is read again whole"() {
        given:
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], ['id'], [])
        def split = source.splits(1).first()
        def first = source.read(split, split.after(), 4)
        line.loseAnswerTo('order by "items"."id"')

        when:
        source.read(split, first.next(), 4)

        then:
        thrown TransientFailure

        and:
        SourceContract.walk(source, 4, split, first.next()).collectMany { it.rows() }*.id == [5, 6, 7, 8, 9, 10]
    }

    def "a server that is stopped in a batch leaves nothing of it, and the same pool goes on with it when it is back"() {
        given:
        def folder = File.createTempDir()
        def server = PostgresServer.builder().setDataDirectory(folder).setCleanDataDirectory(false).start()
        def to = PostgresServer.settings('postgres', '127.0.0.1', server.port)
        PostgresServer.sql(to).withCloseable {
            it.execute 'create table items (id int primary key, n int)'
            it.execute 'insert into items values (1, 0)'
        }
        def stopped = PostgresDatabase.open(to.with('connectTimeout', '1'), 2)
        def sink = sink(stopped)
        def transaction = stopped.begin()
        sink.write([Row.of([id: 1, n: 1])], transaction)

        when: 'it stops as in an upgrade, with the transaction open'
        server.close()
        sink.write([Row.of([id: 1, n: 1])], transaction)

        then:
        thrown TransientFailure

        when: 'it is down'
        transaction.close()
        sink.write([Row.of([id: 1, n: 1])])

        then:
        def failure = thrown TransientFailure
        failure.message.startsWith('beginning a transaction in postgres on ')

        when: 'it is back'
        server = PostgresServer.builder().setDataDirectory(folder).setCleanDataDirectory(false).setPort(to.port()).start()

        then:
        SinkContract.fates(sink.write([Row.of([id: 1, n: 1])])) == [WriteStatus.WRITTEN]

        cleanup:
        stopped?.close()
        server?.close()
        folder?.deleteDir()
    }

    private static UpdateSink sink(PostgresDatabase database) {
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), []))
    }

    /** The server ends the commit on its own time: its answer is not there to wait for. */
    private boolean reached(int n) {
        def deadline = System.nanoTime() + 10_000_000_000L
        while (application.firstRow('select n from items where id = 1').n != n) {
            assert System.nanoTime() < deadline
        }
        true
    }
}
