package dev.backfill.postgres.checkpoint

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointStoreContract
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fault.FaultyLine
import dev.backfill.fault.FullCheck
import dev.backfill.plan.Secret
import dev.backfill.plan.Settings
import dev.backfill.postgres.Pooler
import dev.backfill.postgres.PostgresProvider
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.PostgresWords
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.run.OpenResources
import groovy.json.JsonSlurper
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

import java.time.Duration

import static dev.backfill.checkpoint.Checkpoints.at
import static dev.backfill.checkpoint.Checkpoints.letter
import static dev.backfill.checkpoint.Checkpoints.owner
import static dev.backfill.checkpoint.Checkpoints.wide

class PostgresStoreSpec extends CheckpointStoreContract {
    @Shared
    ConnectionSettings settings = PostgresServer.database()

    @Shared
    @AutoCleanup
    OpenResources resources = new OpenResources(10)

    @Shared
    @AutoCleanup
    Sql other = PostgresServer.sql(settings)

    def setup() {
        other.execute 'drop schema if exists backfill cascade'
    }

    @Override
    CheckpointStore openHandle(String document) {
        new PostgresStore(database, document)
    }

    @Override
    void age(String document, Duration time) {
        assert other.executeUpdate('update backfill.runs set beat_at = beat_at - make_interval(secs => ?) where name = ?',
            [time.toSeconds(), document]) == 1
    }

    @Override
    List<String> leaveForeign(String document) {
        other.execute 'create schema backfill'
        other.execute 'create table backfill.runs (name text, last_cursor text, "rows done" bigint)'
        other.execute "insert into backfill.runs values ($document, 'p-1', 7)"
        ['backfill.runs', 'last_cursor', 'rows done']
    }

    @Override
    Map<String, Object> visibleFields(String document) {
        def row = new JsonSlurper().parseText(other.firstRow(
            'select row_to_json(r)::text as row from backfill.runs r where name = ?', [document]).row as String)
        def fields = row.containsKey('fields') ? row.fields : row
        fields.collectEntries { key, value -> [key, value instanceof Integer ? value as long : value] }
    }

    protected PostgresDatabase getDatabase() {
        PostgresDatabase.shared(reached(settings), resources)
    }

    /** The way that the store takes to the server. */
    ConnectionSettings reached(ConnectionSettings to) { to }

    private CheckpointStore store(ConnectionSettings to) {
        new PostgresStore(PostgresDatabase.shared(to, resources), DOCUMENT)
    }

    /** Writes rows as a sink does. */
    protected static void insert(Transaction transaction, int id) {
        transaction.connection().createStatement().withCloseable { it.execute "insert into public.data values ($id)".toString() }
    }

    private List<Integer> getData() {
        other.rows('select id from public.data order by id')*.id
    }

    private void emptyData() {
        other.execute 'drop table if exists public.data'
        other.execute 'create table public.data (id integer)'
    }

    def "looking makes no schema and no tables"() {
        given:
        def store = open()

        when:
        store.read()
        store.deadLetters(1)
        store.countDeadLetters()

        then:
        other.firstRow("select to_regnamespace('backfill') as it").it == null
    }

    def "a script's database keeps checkpoints too, in the transactions of its own sinks"() {
        given:
        def variables = [DB_HOST: settings.host(), DB_PORT: settings.port() as String, DB_DATABASE: settings.database(),
                         DB_USER: settings.user(), DB_PASSWORD: settings.password().reveal()]
        def postgres = { (new PostgresProvider().create(new Settings(variables)) as PostgresWords).postgres() }

        when: 'each mention of the database is one of its own'
        def store = postgres().open(resources, DOCUMENT) as TransactionalStore
        def sink = postgres().table('pg_class').key('oid').update('relname').open(resources) as TransactionalSink

        then:
        store.database() == sink.database()
        postgres().title() == "schema backfill of ${settings.title()} in PostgreSQL"
    }

    def "rows and checkpoint take effect together, or neither does"() {
        given:
        emptyData()
        def store = open() as TransactionalStore
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), wide(10))

        when: 'the transaction ends before its commit'
        database.begin().withCloseable {
            insert(it, 1)
            store.addDeadLetters(lease, [letter()], it)
            store.save(lease, wide(10, 1), it)
        }

        then:
        data == []
        store.read().checkpoint().get() == wide(10)
        store.read().version() == lease.version()
        store.countDeadLetters() == 0

        when:
        def saved = database.begin().withCloseable {
            insert(it, 2)
            store.addDeadLetters(lease, [letter()], it)
            def after = store.save(lease, wide(10, 2), it)
            it.commit()
            after
        }

        then:
        saved == lease.saved()
        data == [2]
        open().read().checkpoint().get() == wide(10, 2)
        open().read().version() == saved.version()
        store.countDeadLetters() == 1
    }

    def "a save that follows one that was rolled back stores every split"() {
        given:
        def store = open() as TransactionalStore
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), wide(10))

        when:
        database.begin().withCloseable { store.save(lease, wide(10, 7), it) }
        def saved = store.save(lease, wide(10, 1))

        then:
        open().read().checkpoint().get() == wide(10, 1)

        when: 'the same after a clear'
        store.clear(saved)
        store.save(saved, wide(10, 1))

        then:
        open().read().checkpoint().get() == wide(10, 1)
    }

    def "only splits that moved are written"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), wide(1000))
        def before = rowVersions()

        when:
        store.save(lease, wide(1000, 1))
        def after = rowVersions()

        then:
        after.findAll { it.value != before[it.key] }.keySet() == [0] as Set
    }

    private Map<Integer, String> rowVersions() {
        other.rows('select ordinal, xmin::text as version from backfill.splits').collectEntries { [it.ordinal, it.version] }
    }

    def "each split has a row of its own that can be asked for"() {
        given:
        def store = open()

        when:
        store.save(store.acquire(owner(1), AcquireCondition.ifFree()), wide(3, 1))

        then:
        other.rows('select phase, ordinal, after, up_to, cursor, rows, expected, state, epoch from backfill.splits order by ordinal')
            .collect { it.values().toList() } == [
                [1, 0, '["shop-0",0]', '["shop-0",999]', '["shop-0",999]', 1000L, 1000L, 'DONE', 1L],
                [1, 1, '["shop-1",1000]', '["shop-1",1999]', '["shop-1",1000]', 0L, 1000L, 'PENDING', 0L],
                [1, 2, '["shop-2",2000]', '["shop-2",2999]', '["shop-2",2000]', 0L, 1000L, 'PENDING', 0L],
            ]
    }

    def "who reads while others save sees a run and its splits of one moment"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), wide(40))
        def reader = open()

        when:
        def saving = threads.submit({
            (1..40).inject(lease) { Lease last, int moved -> store.save(last, wide(40, moved)) }
        } as Runnable)
        def seen = []
        while (!saving.done) {
            seen << reader.read().checkpoint().get().run().phases()[0]
        }
        saving.get()

        then:
        !seen.empty
        seen.every { it.read() == it.splits().count { it.status() == WorkStatus.DONE } * 1000 }
    }

    def "a zombie's transaction is refused together with its rows"() {
        given:
        emptyData()
        def zombie = open() as TransactionalStore
        def old = zombie.save(zombie.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def transaction = database.begin()
        insert(transaction, 1)
        def lease = open().acquire(owner(2), AcquireCondition.from(old.epoch()))

        when:
        zombie.save(old, at(2), transaction)

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains(owner(2).toString())

        when:
        transaction.close()

        then:
        data == []
        open().save(lease, at(3)) == lease.saved()
    }

    def "who takes over waits for a save on its way to commit, and goes on from it"() {
        given:
        emptyData()
        def first = open() as TransactionalStore
        def old = first.save(first.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def transaction = database.begin()
        insert(transaction, 1)
        first.save(old, at(2), transaction)

        when:
        def successor = threads.submit({ open().acquire(owner(2), AcquireCondition.from(old.epoch())) } as java.util.concurrent.Callable)
        awaitLockedSession()
        transaction.commit()
        transaction.close()
        def lease = successor.get()

        then:
        data == [1]
        lease == new Lease(owner(2), old.epoch() + 1, old.version() + 1)
        open().read().checkpoint().get() == at(2)
    }

    private void awaitLockedSession() {
        def deadline = System.nanoTime() + 10_000_000_000L
        while (other.firstRow("""select count(*) as sessions from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'""").sessions == 0) {
            assert System.nanoTime() < deadline: 'nobody waits for a lock'
        }
    }

    def "a save whose answer is lost in the commit is in doubt, and the version tells"() {
        given:
        def line = new FaultyLine(PostgresServer.port())
        def faulty = faulty(line)
        def lease = faulty.acquire(owner(1), AcquireCondition.ifFree())

        when:
        line.loseAnswerTo('COMMIT')
        faulty.save(lease, at(1))

        then:
        thrown(UnknownOutcome)
        faulty.read().version() == lease.saved().version()
        faulty.save(lease.saved(), at(2)) == lease.saved().saved()

        cleanup:
        line.close()
    }

    def "a commit that never arrived leaves the version, and the save can be repeated"() {
        given:
        def line = new FaultyLine(PostgresServer.port())
        def faulty = faulty(line)
        def lease = faulty.save(faulty.acquire(owner(1), AcquireCondition.ifFree()), wide(3))

        when:
        line.loseRequest('COMMIT')
        faulty.save(lease, wide(3, 2))

        then:
        thrown(UnknownOutcome)
        faulty.read().version() == lease.version()
        faulty.save(lease, wide(3, 1)) == lease.saved()
        open().read().checkpoint().get() == wide(3, 1)

        cleanup:
        line.close()
    }

    def "a checkpoint taken with a lost answer is ours"() {
        given:
        def line = new FaultyLine(PostgresServer.port())
        def faulty = faulty(line)
        open().release(open().acquire(owner(1), AcquireCondition.ifFree()))
        faulty.read()

        when:
        line.loseAnswerTo('COMMIT')
        def lease = faulty.acquire(owner(2), AcquireCondition.ifFree())

        then:
        !line.lossPending
        lease == new Lease(owner(2), 2, 0)
        open().read().holder().get().owner() == owner(2)

        cleanup:
        line.close()
    }

    private CheckpointStore faulty(FaultyLine line) {
        store(PostgresServer.settings(settings.database(), '127.0.0.1', line.port))
    }

    def "a user who may make no schema is told what an administrator has to run, and can work after that"() {
        given:
        other.execute "drop role if exists runner"
        other.execute "create role runner login password 'runner'"
        def runner = new ConnectionSettings(settings.host(), settings.port(), settings.database(), 'runner',
            new Secret('DB_PASSWORD', 'runner'), [:])
        def store = store(runner)

        when:
        store.acquire(owner(1), AcquireCondition.ifFree())

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('create schema backfill authorization')
        store.read() == CheckpointSnapshot.nothing()

        when:
        other.execute 'create schema backfill authorization runner'

        then:
        store.acquire(owner(1), AcquireCondition.ifFree()).epoch() == 1

        cleanup:
        other.execute 'drop schema if exists backfill cascade'
        other.execute 'drop role if exists runner'
    }

    def "the dead letters of an earlier version's table can be read, and the next run adds the column that it lacks"() {
        given: 'a table that was made without the column'
        CheckpointStore before = openHandle('earlier')
        before.addDeadLetters(before.acquire(owner(1), AcquireCondition.ifFree()), [letter()])
        other.execute 'alter table backfill.dead_letters drop column former'

        expect: 'reading changes nothing'
        with(openHandle('earlier')) {
            read().holder().isPresent()
            deadLetters(0, 10) == [letter()]
            formerDeadLetters(0, 10) == []
            countDeadLetters() == 1
            letterCounts()*.letters() == [1L]
        }
        columns('dead_letters').every { it != 'former' }

        when: 'a run begins again'
        CheckpointStore store = openHandle('earlier')
        Lease lease = store.acquire(owner(2), AcquireCondition.from(store.read().epoch()))
        store.clear(lease)

        then:
        columns('dead_letters').contains('former')
        store.deadLetters(0, 10) == []
        store.formerDeadLetters(0, 10) == [letter()]
    }

    private List<String> columns(String table) {
        other.rows("select column_name from information_schema.columns where table_schema = 'backfill' and table_name = ?", [table])*.column_name
    }

    def "what PostgreSQL cannot hold is replaced in a dead letter, and refused for good in a checkpoint"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))

        when:
        store.addDeadLetters(lease, [letter(key: 'p\u0000', error: 'a\u0000b', payload: '{"a":"\\u0000"}')])

        then:
        store.deadLetters(1) == [letter(key: 'p\ufffd', error: 'a\ufffdb', payload: '{"a":"\\u0000"}')]

        when:
        store.save(lease, new Checkpoint(at(2).run(), [last_id: 'p\u0000']))

        then:
        thrown(FatalFailure)
        store.read().checkpoint().get() == at(1)
        store.save(lease, at(2)) == lease.saved()
    }
}

@Requires(value = { FullCheck.asked }, reason = FullCheck.HOW)
@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PooledPostgresStoreSpec extends PostgresStoreSpec {
    ConnectionSettings reached(ConnectionSettings to) { Pooler.before(to) }
}
