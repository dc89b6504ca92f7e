package dev.backfill.postgres.write

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.DeadLetter
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fault.CountingLine
import dev.backfill.plan.Backfill
import dev.backfill.plan.DeadLetterLimit
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.retrial.LetterRetry
import dev.backfill.retrial.Selection
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import dev.backfill.time.SystemTime
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** A tenth of a percent of the records is poison, of every sort, scattered. With backfill.full=true: a million records. */
@Stepwise
class PoisonSpec extends Specification {
    static final int ROWS = System.getProperty('backfill.full') == 'true' ? 1_000_000 : 100_000
    /** Enough for a share of them to be too many. */
    static final int PART = Math.min(ROWS, 200_000)
    static final List<String> COLUMNS = ['id', 'name', 'qty', 'code', 'shop', 'at', 'price', 'address', 'note', 'mood', 'big']

    /** What makes a record poison, and the kind that its refusal must have. */
    static final Map<String, Rejection.Kind> POISON = [
        "name = null"                                                                            : Rejection.Kind.MISSING_VALUE,
        "qty = 'many'"                                                                           : Rejection.Kind.UNFIT_VALUE,
        "qty = '-1'"                                                                             : Rejection.Kind.RULE,
        "code = 'taken-' || id"                                                                  : Rejection.Kind.DUPLICATE,
        "shop = 2000000 + id"                                                                    : Rejection.Kind.MISSING_PARENT,
        "at = '300000-01-01 00:00:00Z'"                                                          : Rejection.Kind.UNFIT_VALUE,
        "price = '12345678.9'"                                                                   : Rejection.Kind.UNFIT_VALUE,
        "address = 'nowhere'"                                                                    : Rejection.Kind.UNFIT_VALUE,
        "note = repeat('x', 50)"                                                                 : Rejection.Kind.UNFIT_VALUE,
        "mood = 'sad'"                                                                           : Rejection.Kind.UNFIT_VALUE,
        "big = (select string_agg(md5(n::text || id), '') from generate_series(1, 400) n)"       : Rejection.Kind.TOO_LARGE,
        "name = 'forbidden'"                                                                     : Rejection.Kind.RULE,
        "name = 'code 0'"                                                                        : Rejection.Kind.UNFIT_VALUE,
        "name = 'half a character'"                                                              : Rejection.Kind.UNFIT_VALUE,
        "qty = '99999999999'"                                                                    : Rejection.Kind.UNFIT_VALUE,
        "price = 'NaN'"                                                                          : Rejection.Kind.RULE,
    ]

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup CountingLine line = new CountingLine(settings.port())
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(
        PostgresServer.settings(settings.database(), '127.0.0.1', line.port), 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared long clean

    def setupSpec() {
        application.execute 'create table shops (id int primary key)'
        application.execute 'insert into shops select generate_series(1, 9)'
        application.execute "create type mood as enum ('fine', 'great')"
        application.execute '''create table items (id int primary key, name text not null, qty int check (qty >= 0), code text unique,
            shop int references shops, at timestamptz, price numeric(6, 2) check (price <> 'NaN'), address inet, note varchar(40), mood mood, big text)'''
        application.execute 'create index on items (big)'
        application.execute '''create function forbid() returns trigger language plpgsql as $$
            begin if new.name = 'forbidden' then raise 'this name is forbidden'; end if; return new; end $$'''
        application.execute 'create trigger forbid before insert or update on items for each row execute function forbid()'
        application.execute 'create table raw (id int primary key, name text, qty text, code text, shop int, at text, price text, address text, note text, mood text, big text)'
        application.execute """insert into raw select n, 'item ' || n, n % 100, 'c' || n, 1 + n % 9, '2026-01-01 00:00:00Z', n % 1000, '10.0.0.1',
            'a note', 'fine', 'big' from generate_series(1, $ROWS) n""".toString()
        emptied()
        database.begin().close()
        line.count()
        run(new PostgresStore(database, 'clean'))
        clean = line.count()
        assert application.firstRow('select count(*) as n from items').n == ROWS + existing()
        poison()
        application.execute 'create table part (like raw including all)'
        application.execute "insert into part select * from raw where id <= $PART".toString()
    }

    def "exactly the poison is refused, each with its reason, the rest is written, and statements stay within three times of a clean run"() {
        given:
        CheckpointStore store = place == 'in the same database' ? new PostgresStore(database, 'poison') : new MemoryStore(new SystemTime())
        emptied()
        line.count()

        when:
        def state = run(store)
        def sent = line.count()

        then:
        state.status() == RunStatus.DONE
        kinds(store.deadLetters(100_000)) == expected()
        application.firstRow('select count(*) as n from items').n == ROWS + existing() - expected().size()
        state.phases()[0].adds()
        state.phases()[0].deadLetters() == expected().size()
        sent <= 3 * clean

        where:
        place << ['elsewhere', 'in the same database']
    }

    def "when the data is mended, retry empties the list"() {
        given: 'what the run in the same database left'
        def store = new PostgresStore(database, 'poison')

        when: 'nothing is mended yet'
        def tally = retry(store)

        then:
        tally.refused() == expected().size()
        store.countDeadLetters() == expected().size()
        store.deadLetters(10_000).every { it.attempts() >= 2 }

        when:
        application.execute """update raw set name = 'item ' || id, qty = id % 100, code = 'c' || id, shop = 1, at = '2026-01-01 00:00:00Z', price = 1,
            address = '10.0.0.1', note = '', mood = 'fine', big = '' where id = any(?)""", [ids().toArray(new Integer[0])] as List
        application.execute 'delete from raw where id = ?', [ids()[0]]
        tally = retry(store)

        then:
        tally.gone() == 1
        tally.written() == expected().size() - 1
        store.countDeadLetters() == 0
        application.firstRow('select count(*) as n from items').n == ROWS + existing() - 1
    }

    def "a ceiling of 0.05 % ends the run, says how to go on, and a higher one goes on behind the last batch"() {
        given:
        def store = new PostgresStore(database, 'ceiling')
        def part = expected().findAll { (it.key as int) <= PART }
        emptied()

        when:
        run(store, DeadLetterLimit.read('0.05%'), 'part')

        then:
        def failure = thrown FatalFailure
        failure.message.contains('dead letters of ')
        failure.message.contains('more than 0.05 %')
        failure.message.contains('--max-dead-letters')
        store.read().checkpoint().get().run().status() == RunStatus.FAILED
        store.countDeadLetters() < 60 + 4

        when:
        run(store, DeadLetterLimit.read('1%'), 'part')

        then:
        kinds(store.deadLetters(100_000)) == part
        application.firstRow('select count(*) as n from items').n == PART + existing() - part.size()
    }

    /** Rows of the application, one for each code that is to be taken. */
    private void emptied() {
        application.execute 'truncate items'
        application.execute """insert into items (id, name, code) select -n, 'existing', 'taken-' || n from generate_series(1, $ROWS) n
            where n % 1000 = 617""".toString()
    }

    private static int existing() {
        ROWS.intdiv(1_000)
    }

    private static List<Integer> ids() {
        (0..<ROWS.intdiv(1_000)).collect { it * 1_000 + 617 }
    }

    /** The kind of refusal for each poisoned id. */
    private static Map<String, Rejection.Kind> expected() {
        def kinds = POISON.values().toList()
        ids().withIndex().collectEntries { id, i -> [id.toString(), kinds[i % kinds.size()]] }
    }

    private void poison() {
        POISON.keySet().eachWithIndex { change, i ->
            def chosen = ids().withIndex().findAll { it[1] % POISON.size() == i }*.get(0)
            application.execute "update raw set $change where id in (${chosen.join(', ')})".toString()
        }
    }

    private static Map<String, Rejection.Kind> kinds(List<DeadLetter> letters) {
        letters.collectEntries { [it.key(), it.rejection().kind()] }
    }

    private run(CheckpointStore store, DeadLetterLimit limit = DeadLetterLimit.standard(), String table = 'raw') {
        def time = new SystemTime()
        new OpenResources(4).withCloseable { resources ->
            new Runner(plan(limit, table), RunOptions.standard(), Plans.conditions(time), { owner -> false }).run(resources, store).state()
        }
    }

    private retry(CheckpointStore store) {
        new OpenResources(4).withCloseable { resources ->
            new LetterRetry(plan(DeadLetterLimit.standard()), Plans.conditions(new SystemTime()), { owner -> false },
                new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), false)).run(resources, store)
        }
    }

    private Backfill plan(DeadLetterLimit limit, String table = 'raw') {
        def source = [open: { Resources it -> KeysetSource.open(database, TableName.of(table), ['id'], COLUMNS, []) }, title: { -> table }] as SourceDefinition
        def sink = [open: { Resources it -> UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], COLUMNS)) }, title: { -> 'items' }] as SinkDefinition
        Plans.plan([batch: 1_000, deadLetters: limit], [Plans.phase(source, [new RecordStep.Transform(this::odd as RecordFunction)], sink)])
    }

    /** What the database of the source cannot hold itself. */
    private static Row odd(Row row) {
        if (row.name == 'code 0') {
            return row.with([name: 'a\u0000b'])
        }
        row.name == 'half a character' ? row.with([name: 'a\ud83d']) : row
    }
}
