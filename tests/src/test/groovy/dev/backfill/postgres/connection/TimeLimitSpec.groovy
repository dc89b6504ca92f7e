package dev.backfill.postgres.connection

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.TransientFailure
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.time.Deadline
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.sql.SQLException
import java.time.Duration

/** A write of a runner whose lease ends takes effect before that, or not at all. */
class TimeLimitSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 3)

    def setup() {
        application.execute 'drop table if exists items'
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items select n, 0 from generate_series(1, 10) n'
    }

    def "a statement that stalls is given up before the deadline, and the write is too large"() {
        given: 'an update that would take ten seconds, with two left of the lease'
        application.execute '''create or replace function stall() returns trigger language plpgsql as $$
            begin perform pg_sleep(1); return new; end $$'''
        application.execute 'create trigger stall before update on items for each row execute function stall()'
        def begun = System.nanoTime()

        when:
        sink().writeBefore(within(Duration.ofSeconds(2)), rows(10))

        then:
        def failure = thrown OversizedFailure
        failure.message.startsWith('updating public.items in ')
        System.nanoTime() - begun < Duration.ofSeconds(5).toNanos()
        changed() == 0
    }

    def "each statement gets only what those before it have left"() {
        given:
        def transaction = database.begin(within(Duration.ofMillis(1_000)))

        when:
        def given = (1..5).collect {
            run(transaction, 'select pg_sleep(0.12)')
            timeout(transaction)
        }

        then: 'the first has three quarters of the second, and from then on it becomes less'
        given[0] in 600..750
        given.toSorted().reverse() == given
        given[4] <= 400

        cleanup:
        transaction.close()
    }

    def "a transaction in good time has its limits from its begin, and sends them once"() {
        given:
        def transaction = database.begin(within(Duration.ofSeconds(29)))

        when:
        def given = (1..3).collect { timeout(transaction) }

        then:
        given.toSet().size() == 1
        given[0] in 26_500..27_000

        cleanup:
        transaction.close()
    }

    def "a commit that comes too late is refused by the server's clock, whatever this process takes the time for"() {
        given: 'a process that stood still, for which no time has passed'
        application.execute("alter database ${settings.database()} set transaction_timeout = '1h'".toString())
        def fresh = PostgresDatabase.open(settings, 2)
        def transaction = fresh.begin({ Duration.ofMillis(400) } as Deadline)
        run(transaction, 'update items set n = 1')
        5.times { run(transaction, 'select pg_sleep(0.1)') }

        when:
        transaction.commit()

        then:
        def failure = thrown OversizedFailure
        failure.message.startsWith('committing in ')
        failure.message.contains('it took longer than the lease of this run lasts, so nothing was changed')

        when:
        transaction.close()

        then:
        changed() == 0

        cleanup:
        transaction.close()
        fresh.close()
        application.execute("alter database ${settings.database()} reset transaction_timeout".toString())
    }

    def "a server from 17 on ends a transaction that goes on for too long, which is too large, too"() {
        given:
        def transaction = database.begin({ Duration.ofMillis(400) } as Deadline)

        when:
        try {
            6.times { run(transaction, 'select pg_sleep(0.1)') }
        } catch (SQLException e) {
            throw PostgresFailures.writing(e, 'updating items', [])
        }

        then:
        def failure = thrown OversizedFailure
        failure.message.contains('25P04')

        cleanup:
        transaction.close()
    }

    def "nothing is sent when the time was over before the begin; the lease decides whether it is tried again"() {
        when:
        sink().writeBefore(within(Duration.ZERO), rows(10))

        then:
        def failure = thrown TransientFailure
        failure.message.startsWith('beginning a transaction in ')
        changed() == 0
    }

    def "the time for a connection and for the begin is part of it"() {
        given: 'a clock that passes half a second with each look, as on a slow network'
        int looks = 0
        Deadline slow = { Duration.ofMillis(3_000 - 500 * looks++) }

        when:
        def transaction = database.begin(slow)
        def limit = transaction.limit.get()

        then:
        limit.check().contains("interval '${3_000 - 500 * (looks - 1)} milliseconds'".toString())

        cleanup:
        transaction?.close()
    }

    def "a write in good time is committed"() {
        expect:
        with(sink().writeBefore(within(Duration.ofSeconds(29)), rows(10))) {
            count(WriteStatus.WRITTEN) == 10
        }
        changed() == 10
    }

    def "what a commit checks is a rejection, as without a deadline"() {
        given:
        application.execute 'create table if not exists shops (id int primary key)'
        application.execute 'alter table items add shop int references shops deferrable initially deferred'
        def transaction = database.begin(within(Duration.ofSeconds(29)))
        run(transaction, 'update items set shop = 4711')

        when:
        transaction.commit()

        then:
        def failure = thrown RejectedFailure
        failure.message.contains('items_shop_fkey')

        cleanup:
        transaction.close()
    }

    private static Deadline within(Duration time) {
        def end = System.nanoTime() + time.toNanos()
        return { Duration.ofNanos(end - System.nanoTime()) } as Deadline
    }

    private static boolean run(PostgresTransaction transaction, String sql) {
        transaction.connection().createStatement().withCloseable { it.execute(sql) }
    }

    /** In milliseconds. */
    private static int timeout(PostgresTransaction transaction) {
        transaction.connection().createStatement().withCloseable {
            def answer = it.executeQuery("select extract(epoch from current_setting('statement_timeout')::interval) * 1000")
            answer.next()
            answer.getInt(1)
        }
    }

    private UpdateSink sink() {
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), []))
    }

    private static List<Row> rows(int count) {
        (1..count).collect { Row.of([id: it, n: 1]) }
    }

    private int changed() {
        application.firstRow('select count(*) as n from items where n = 1').n
    }
}
