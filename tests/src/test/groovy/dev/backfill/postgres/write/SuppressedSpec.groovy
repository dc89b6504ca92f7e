package dev.backfill.postgres.write

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Diagnostic
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract
import dev.backfill.plan.Secret
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.util.concurrent.FutureTask

/** What the database's own triggers, rules and policies make of a write counts as what it is. */
class SuppressedSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = open()

    private static final String TABLE = 'create table items (id int primary key, n int, other text)'
    private static final String ROWS = "insert into items values (1, 1), (2, 1), (3, 1)"

    private static final String SKIP = trigger('if new.id in (2, 5) then return null; end if; return new;')
    private static final String ALTER = trigger('if new.id in (2, 5) then new.n = 7; end if; return new;')
    private static final List<String> POLICIES = ['alter table items enable row level security',
        'create policy looks on items for select using (true)', 'create policy adds on items for insert with check (n < 100)',
        'create policy changes on items for update using (id <> 2) with check (n < 100)']

    private static String trigger(String body) {
        'create or replace function guard() returns trigger language plpgsql as $$ begin ' + body + ' end $$'
    }

    private static String fired(String table) {
        "create trigger guard before insert or update on $table for each row execute function guard()"
    }

    /** As a user for whom policies hold. */
    private PostgresDatabase open() {
        def user = "plain_${settings.database()}".toString()
        application.execute "create role $user login".toString()
        application.execute "alter default privileges grant all on tables to $user".toString()
        PostgresDatabase.open(new ConnectionSettings(settings.host(), settings.port(), settings.database(), user, new Secret('P', 'x'), settings.options()), 2)
    }

    private void given(String... statements) {
        application.execute 'drop table if exists items cascade'
        statements.each { application.execute it }
    }

    private Sink sink(String kind) {
        def upsert = Upsert.of(TableName.of('items'), ['id'], ['n'])
        switch (kind) {
            case 'update': return UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), ['n']))
            case 'upsert': return UpsertSink.open(database, upsert)
            default: return MatchingSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['n', 'other']).fallbackKey(['other']))
        }
    }

    private static List<Row> records(Map<Integer, Integer> numbers) {
        numbers.collect { id, n -> Row.of([id: id, n: n, other: null]) }
    }

    private Map<Integer, Integer> held() {
        application.rows('select id, n from items order by id').collectEntries { [it.id, it.n] }
    }

    private static List<String> fates(Sink sink, Map<Integer, Integer> numbers) {
        SinkContract.fates(sink.write(records(numbers)))*.name()*.take(3)
    }

    def "#kind: a row that #cause leaves as it was is suppressed, and only that"() {
        given:
        given(*statements)

        expect:
        fates(sink(kind), [1: 10, 2: 10, 3: 1, 4: 10, 5: 10]) == fates
        held() == (kind == 'update' ? [1: 10, 2: 1, 3: 1] : [1: 10, 2: 1, 3: 1, 4: 10])

        and: 'the same once more: nothing counts as unchanged that is not as it was sent'
        fates(sink(kind), [1: 10, 2: 10, 3: 1, 4: 10, 5: 10]) == fates.collect { it == 'WRI' ? 'UNC' : it }

        where:
        [kind, cause] << [['update', 'upsert', 'fallbackKey'], ['a trigger', 'a trigger of a partition']].combinations()
        statements = [
            'a trigger': [TABLE, ROWS, SKIP, fired('items')],
            'a trigger of a partition': ['create table items (id int primary key, n int, other text) partition by range (id)',
                'create table items_1 partition of items for values from (1) to (3)', 'create table items_2 partition of items default',
                ROWS, SKIP, fired('items_1'), fired('items_2')],
        ][cause]
        fates = kind == 'update' ? ['WRI', 'SUP', 'UNC', 'MIS', 'MIS'] : ['WRI', 'SUP', 'UNC', 'WRI', 'SUP']
    }

    def "#kind: a row that a trigger gives other values is altered, and what the row holds goes on"() {
        given:
        given(TABLE, ROWS, ALTER, fired('items'))

        when:
        def outcome = sink(kind).write(records([1: 10, 2: 10, 3: 1, 4: 10, 5: 10]))

        then:
        SinkContract.fates(outcome)*.name()*.take(3) == (kind == 'update' ? ['WRI', 'WRI', 'UNC', 'MIS', 'MIS'] : ['WRI', 'WRI', 'UNC', 'WRI', 'WRI'])
        outcome.countAltered() == (kind == 'update' ? 1 : 2)
        held() == (kind == 'update' ? [1: 10, 2: 7, 3: 1] : [1: 10, 2: 7, 3: 1, 4: 10, 5: 7])
        kind != 'update' || outcome.record(1).n == 7

        when: 'the same once more'
        def again = sink(kind).write(records([1: 10, 2: 10]))

        then: 'it is still not as it was sent, and does not count as if it were'
        SinkContract.fates(again)[0].name() == 'UNCHANGED'
        SinkContract.fates(again)[1].name() in ['WRITTEN', 'SUPPRESSED']
        again.countAltered() + again.count(WriteStatus.SUPPRESSED) == 1

        where:
        kind << ['update', 'upsert', 'fallbackKey']
    }

    def "#kind: a row that a policy does not let us change is suppressed; a value that one refuses is a rejected record"() {
        given:
        given(TABLE, ROWS, *POLICIES)

        expect:
        fates(sink(kind), [1: 10, 2: 10, 3: 1, 4: 10]) == ['WRI', 'SUP', 'UNC', kind == 'update' ? 'MIS' : 'WRI']
        held() == [1: 10, 2: 1, 3: 1] + (kind == 'update' ? [:] : [4: 10])

        when:
        sink(kind).write(records([3: 100]))

        then:
        def failure = thrown RejectedFailure
        failure.rejection().kind() == Rejection.Kind.RULE
        failure.message.contains('row-level security policy')
        !failure.message.contains('ask for this privilege')

        where:
        kind << ['update', 'upsert', 'fallbackKey']
    }

    def "a missing privilege is no refused record"() {
        given:
        given(TABLE, ROWS, "revoke all on items from plain_${settings.database()}".toString())

        when:
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), [])).write(records([1: 10]))

        then:
        thrown FatalFailure
    }

    def "#kind refuses a table whose rules #action, for PostgreSQL does not say what becomes of its rows"() {
        given:
        given(TABLE, ROWS, "create rule keep as on $rule".toString())

        when:
        sink(kind)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)

        where:
        kind     | rule                                                     | action                      || says
        'update' | 'update to items where old.id = 2 do instead nothing'    | 'take some updates away'    || 'has a rule that takes the place of updates'
        'update' | 'update to items do instead nothing'                     | 'take all updates away'     || 'has a rule that takes the place of updates'
        'upsert' | 'update to items do instead nothing'                     | 'take updates away'         || 'has a rule that rewrites inserts or updates'
        'upsert' | 'insert to items do also notify items'                   | 'add something to inserts'  || 'has a rule that rewrites inserts or updates'
        'fallbackKey'   | 'insert to items where new.id = 5 do instead nothing'    | 'take some inserts away'    || 'has a rule that rewrites inserts or updates'
    }

    def "a rule that only adds something to an update does not disturb it, and plan names it"() {
        given:
        given(TABLE, ROWS, 'create rule log as on update to items do also notify items')

        expect:
        fates(sink('update'), [1: 10, 3: 1, 4: 10]) == ['WRI', 'UNC', 'MIS']
        sink('update').inspect()*.text().any { it.contains('the rule log rewrites') }
    }

    def "an earlier record of a key that is suppressed is not counted as unchanged"() {
        given:
        given(TABLE, ROWS, SKIP, fired('items'))

        expect:
        SinkContract.fates(sink('update').write([Row.of([id: 2, n: 10]), Row.of([id: 2, n: 11])]))*.name() == ['SUPPRESSED', 'SUPPRESSED']
    }

    def "an update that another client overtakes between its statements is done again, and not taken for suppressed"() {
        given: 'a row that is as it should be when the update looks, and no more when the rest is read'
        given(TABLE, ROWS)
        def sink = sink('update')
        application.connection.autoCommit = false
        application.execute 'update items set n = 10 where id = 1'
        def result = new FutureTask<List<String>>({ fates(sink, [1: 10, 2: 1]) })

        when: 'the update waits for the row'
        Thread.startDaemon { result.run() }
        waitUntilBlocked()
        application.execute 'update items set n = 5 where id = 2'
        application.commit()

        then:
        result.get() == ['UNC', 'WRI']
        application.rows('select id, n from items order by id').collectEntries { [it.id, it.n] } == [1: 10, 2: 1, 3: 1]

        cleanup:
        application.connection.autoCommit = true
    }

    def "plan names what may keep a row from being written: #says"() {
        given:
        given(*statements)

        expect:
        kinds.every { kind ->
            sink(kind).inspect().findAll { it.severity() == Diagnostic.Severity.WARNING }*.text().any { it.contains(says) && it.contains("acceptSuppressed '…'") }
        }

        where:
        statements                                                                                   | kinds                        | says
        [TABLE, SKIP, fired('items')]                                                                | ['update', 'upsert', 'fallbackKey'] | 'the trigger guard (before, guard())'
        ['create table items (id int primary key, n int, other text) partition by range (id)',
         'create table items_1 partition of items default', SKIP, fired('items_1')]                  | ['update', 'upsert', 'fallbackKey'] | 'the trigger guard (before, guard())'
        [TABLE, *POLICIES]                                                                           | ['update', 'upsert', 'fallbackKey'] | 'the policies of public.items (adds, changes)'
    }

    private void waitUntilBlocked() {
        def deadline = System.nanoTime() + 10_000_000_000L
        PostgresServer.sql(settings).withCloseable { watcher ->
            while (!watcher.firstRow("select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'backfill' and datname = current_database()")) {
                assert System.nanoTime() < deadline
            }
        }
    }
}
