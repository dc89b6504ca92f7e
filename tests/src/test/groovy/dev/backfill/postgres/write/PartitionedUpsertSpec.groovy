package dev.backfill.postgres.write

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.FutureTask

/** Tables for which one statement cannot tell whose row it met: they are locked, added to and locked again. */
@Timeout(60)
class PartitionedUpsertSpec extends Specification {
    private static final List<String> RANGE = ['create table items (id int primary key, n int, at timestamptz) partition by range (id)',
        'create table items_1 partition of items for values from (1) to (4)', 'create table items_2 partition of items default']
    private static final List<String> LIST = ['create table items (id int, n int, at timestamptz, primary key (id, n)) partition by list (n)',
        'create table items_1 partition of items for values in (1)', 'create table items_2 partition of items default']
    private static final List<String> HASH = ['create table items (id int primary key, n int, at timestamptz) partition by hash (id)',
        'create table items_1 partition of items for values with (modulus 2, remainder 0)',
        'create table items_2 partition of items for values with (modulus 2, remainder 1)']
    private static final List<String> NESTED = ['create table items (id int primary key, n int, at timestamptz) partition by range (id)',
        'create table items_1 partition of items for values from (1) to (4) partition by range (id)',
        'create table items_11 partition of items_1 default', 'create table items_2 partition of items default']
    private static final List<String> DEFERRABLE = ['create table items (id int primary key deferrable initially deferred, n int, at timestamptz)']
    private static final List<String> IMMEDIATE = ['create table items (id int primary key deferrable, n int, at timestamptz)']

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 3)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    private void given(List<String> statements) {
        application.execute 'drop table if exists items cascade'
        statements.each { application.execute it }
        application.execute 'insert into items select id, 1 from generate_series(1, 6) id'
    }

    private UpsertSink sink(List<String> key = ['id']) {
        UpsertSink.open(database, Upsert.of(TableName.of('items'), key, ['n']).touching(['at']))
    }

    private static List<Row> records(Map<Integer, Integer> numbers) {
        numbers.collect { id, n -> Row.of([id: id, n: n]) }
    }

    private Map<Integer, Integer> held() {
        application.rows('select id, n from items order by id').collectEntries { [it.id, it.n] }
    }

    def "rows of a table #kind are added, changed where they differ, and told apart"() {
        given:
        given(statements)

        when:
        def outcome = sink().write(records([2: 20, 3: 1, 5: 50, 8: 80, 9: 90]))

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN, WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        outcome.countAdded() == 2
        outcome.countAltered() == 0
        held() == [1: 1, 2: 20, 3: 1, 4: 1, 5: 50, 6: 1, 8: 80, 9: 90]
        application.rows('select id from items where at is not null order by id')*.id == [2, 5, 8, 9]

        and: 'twice equals once, and a look says the same'
        sink().preview(records([2: 20, 7: 1])).countAdded() == 1
        SinkContract.fates(sink().write(records([2: 20, 3: 1, 5: 50, 8: 80, 9: 90]))) == [WriteStatus.UNCHANGED] * 5

        where:
        kind                              | statements
        'in ranges'                       | RANGE
        'by hash'                         | HASH
        'in partitions of partitions'     | NESTED
        'whose key is checked at the end' | DEFERRABLE
        'whose key may be checked later'  | IMMEDIATE
    }

    def "keys alone are added to partitions where they are not yet"() {
        given:
        given(LIST)

        when:
        def outcome = sink(['id', 'n']).write([Row.of([id: 1, n: 1]), Row.of([id: 1, n: 2]), Row.of([id: 7, n: 1])])

        then:
        SinkContract.fates(outcome) == [WriteStatus.UNCHANGED, WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        application.firstRow('select count(*) as n from items').n == 8
    }

    def "a value that no partition takes is refused, and so is one that a check refuses"() {
        given:
        given(RANGE.take(2) + ['create table items_2 partition of items for values from (4) to (10)', 'alter table items add check (n < 1000)'])

        when:
        sink().write(records(numbers))

        then:
        def failure = thrown RejectedFailure
        failure.message.contains(says)

        where:
        numbers          || says
        [1: 2, 77: 1]    || 'no partition of relation'
        [1: 2, 2: 1000]  || 'items_n_check'
    }

    def "a row that another client adds in the same moment is changed, and never taken for ours"() {
        given:
        given(RANGE)
        application.connection.autoCommit = false
        application.execute 'insert into items values (7, 7), (8, 80)'
        def result = new FutureTask<WriteResult>({ sink().write(records([2: 20, 7: 70, 8: 80, 9: 90])) })

        when:
        Thread.startDaemon { result.run() }
        waitUntilBlocked()
        application.commit()
        def outcome = result.get()

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        outcome.countAdded() == 1
        held().subMap([2, 7, 8, 9]) == [2: 20, 7: 70, 8: 80, 9: 90]

        cleanup:
        application.connection.autoCommit = true
    }

    def "a row that another client takes back in the same moment is added"() {
        given:
        given(RANGE)
        application.connection.autoCommit = false
        application.execute 'insert into items values (7, 7)'
        application.execute 'delete from items where id = 2'
        def result = new FutureTask<WriteResult>({ sink().write(records([2: 20])) })

        when:
        Thread.startDaemon { result.run() }
        waitUntilBlocked()
        application.commit()

        then:
        result.get().countAdded() == 1
        held()[2] == 20

        cleanup:
        application.connection.autoCommit = true
    }

    def "a key that the server makes itself is given where the script asks for that: #statements"() {
        given:
        given([statements[0].replace('id int', 'id int generated by default as identity')] + statements.drop(1))
        application.execute 'alter table items alter column id set generated always'

        when:
        sink()

        then:
        def failure = thrown FatalFailure
        failure.message.contains('generated always as identity')
        failure.message.contains('add overridingSystemValue() to upsert(…)')

        when:
        def asked = UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['n']).overriding())

        then:
        asked.write(records([1: 10, 9: 90])).countAdded() == 1
        held().subMap([1, 9]) == [1: 10, 9: 90]

        when:
        def matching = MatchingSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['n']).fallbackKey(['n']).overriding())

        then:
        matching.write(records([2: 20, 11: 110])).countAdded() == 1
        held().subMap([2, 11]) == [2: 20, 11: 110]

        where:
        statements << [['create table items (id int primary key, n int, at timestamptz)']]
    }

    def "plan says that a deferrable key may make dead letters"() {
        given:
        given(statements)

        expect:
        sink().inspect()*.text().any { it.startsWith('the key of public.items is deferrable') } == says

        where:
        statements || says
        DEFERRABLE || true
        IMMEDIATE  || true
        RANGE      || false
    }

    def "a table from which others inherit is refused, for its keys do not tell all of its rows apart"() {
        given:
        given(['create table items (id int primary key, n int, at timestamptz)', 'create table items_child () inherits (items)'])
        application.execute 'insert into items_child values (3, 1)'

        when:
        what.call(database)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('has tables that inherit from it (items_child)')
        failure.message.contains("""where("tableoid = 'public.items'::regclass")""")

        where:
        what << [
            { UpsertSink.open(it, Upsert.of(TableName.of('items'), ['id'], ['n'])) },
            { MatchingSink.open(it, Upsert.of(TableName.of('items'), ['id'], ['n']).fallbackKey(['n'])) },
            { UpdateSink.open(it, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), [])) },
            { KeysetSource.open(it, TableName.of('items'), ['id'], ['n'], []) },
        ]
    }

    def "of a table from which others inherit, its own rows are read and changed where the script says so"() {
        given:
        given(['create table items (id int primary key, n int, at timestamptz)', 'create table items_child () inherits (items)'])
        application.execute 'insert into items_child values (3, 1)'
        def own = ["tableoid = 'public.items'::regclass"]

        when:
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], ['n'], own)
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], own, ['n'], Optional.empty(), [])).write(records([3: 30]))

        then:
        SourceContract.walk(source, 2).collectMany { it.rows() }*.id == [1, 2, 3, 4, 5, 6]
        application.rows('select tableoid::regclass::text as t, n from items where id = 3 order by 2').collect { it.values().toList() } == [['items_child', 1], ['items', 30]]
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
