package dev.backfill.postgres.write

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Rejection
import dev.backfill.connector.Resources
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import dev.backfill.time.SystemTime
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** What the target checks only when the transaction is committed. */
class DeferredSpec extends Specification {
    static final List<String> COLUMNS = ['id', 'parent', 'shop', 'code', 'name']

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute 'create table shops (id int primary key)'
        application.execute 'insert into shops select generate_series(1, 9)'
        application.execute '''create table items (id int primary key, parent int references items deferrable initially deferred,
            shop int references shops deferrable initially deferred, code int unique deferrable initially deferred, name text)'''
        application.execute '''create function forbid() returns trigger language plpgsql as $$
            begin if new.name = 'forbidden' then raise 'this name is forbidden'; end if; return new; end $$'''
        application.execute '''create constraint trigger forbid after insert or update on items deferrable initially deferred
            for each row execute function forbid()'''
        application.execute 'create table raw (id int primary key, parent int, shop int, code int, name text)'
    }

    /** Each has a parent that comes after it, where there is one. */
    def setup() {
        application.execute 'truncate items'
        application.execute 'truncate raw'
        application.execute "insert into raw select n, case when n % 100 = 0 then null else n + 1 end, 1 + n % 9, n, 'item ' || n from generate_series(1, 1000) n"
        application.execute 'insert into items (id, code) values (-1, -77)'
    }

    def "a record that is refused only at the commit is a dead letter, and the rest of its batch is written once"() {
        given:
        application.execute 'update raw set shop = 4711 where id = 150'
        application.execute 'update raw set code = -77 where id = 351'
        application.execute "update raw set name = 'forbidden' where id = 552"
        application.execute 'update raw set parent = null where id in (149, 350, 551)'
        def store = inside ? new PostgresStore(database, 'deferred') : new MemoryStore(new SystemTime())

        when:
        def state = run(store)

        then:
        state.status() == RunStatus.DONE
        store.deadLetters(10).collectEntries { [it.key(), it.rejection().kind()] } == [
            '150': Rejection.Kind.MISSING_PARENT, '351': Rejection.Kind.DUPLICATE, '552': Rejection.Kind.RULE]
        application.firstRow('select count(*) as n from items where id > 0').n == 997
        state.phases()[0].adds()
        state.phases()[0].read() == 1000
        state.phases()[0].batches() == 10

        where:
        inside << [true, false]
    }

    def "what only needs a later record of its batch is not refused together with the poison"() {
        given:
        application.execute 'update raw set shop = 4711 where id = 150'
        application.execute 'update raw set parent = null where id = 149'
        def store = new PostgresStore(database, 'forward')

        when:
        def state = run(store)

        then:
        with(state.phases()[0]) {
            deadLetters() == 1
            sinks()[0].added() == 999
            sinks()[0].given() == 1000
        }
        store.deadLetters(10)*.key() == ['150']
        store.deadLetters(10)[0].rejection().reason().contains('items_shop_fkey')
        store.deadLetters(10)[0].sink() == 'items'
    }

    def "when all is refused at the commit, the position moves on and nothing is written"() {
        given:
        application.execute 'update raw set shop = 4711, parent = null'
        def store = new PostgresStore(database, 'all')

        when:
        def state = run(store)

        then:
        state.phases()[0].deadLetters() == 1000
        store.countDeadLetters() == 1000
        application.firstRow('select count(*) as n from items where id > 0').n == 0
    }

    private RunState run(CheckpointStore store) {
        def source = [open: { Resources it -> KeysetSource.open(database, TableName.of('raw'), ['id'], COLUMNS, []) }, title: { -> 'raw' }] as SourceDefinition
        def sink = [open: { Resources it -> UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], COLUMNS)) }, title: { -> 'items' }] as SinkDefinition
        new OpenResources(4).withCloseable { resources ->
            new Runner(Plans.plan([batch: 100], [Plans.phase(source, [], sink)]), RunOptions.standard(), Plans.conditions(new SystemTime()),
                { owner -> false }).run(resources, store).state()
        }
    }
}
