package dev.backfill.postgres.checkpoint

import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Resources
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.plan.SinkDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import dev.backfill.time.SystemTime
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** A run whose checkpoint is in the database of its sinks, as the server saw it. */
class SharedTransactionSpec extends Specification {
    private static final int RECORDS = 50
    private static final int BATCH = 10

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 4)
    @Shared @AutoCleanup PostgresDatabase elsewhere = PostgresDatabase.open(PostgresServer.database(), 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    /** The server notes which transaction changes what: the rows of the sinks, and the split whose cursor moves. */
    def setup() {
        application.execute 'drop schema if exists backfill cascade'
        application.execute 'drop table if exists items, prices, changes'
        application.execute 'create table items (id text primary key, price int)'
        application.execute 'create table prices (id text primary key, price int)'
        application.execute 'create table changes (what text, transaction text)'
        application.execute "insert into prices select 'p' || n from generate_series(1, $RECORDS) n".toString()
        application.execute '''create or replace function note() returns trigger language plpgsql as $$
            begin insert into public.changes values (tg_table_name, txid_current()::text); return new; end $$'''
        ['items', 'prices'].each { note(it) }
    }

    def "each batch is one transaction: the rows of every sink, and the cursor after them"() {
        given:
        def store = new PostgresStore(database, 'shared')
        store.release(store.acquire(Plans.owner(2), AcquireCondition.ifFree()))
        note('backfill.splits')

        when:
        def state = run(store)

        then:
        state.status() == RunStatus.DONE
        transactionsOf('items').size() == RECORDS.intdiv(BATCH)
        transactionsOf('items').every { id, rows -> rows == BATCH }
        transactionsOf('prices') == transactionsOf('items')
        transactionsOf('splits').keySet().containsAll(transactionsOf('items').keySet())
    }

    def "with the checkpoint in another database, each sink commits each batch on its own"() {
        when:
        def state = run(new PostgresStore(elsewhere, 'apart'))

        then:
        state.status() == RunStatus.DONE
        transactionsOf('items').size() == RECORDS.intdiv(BATCH)
        transactionsOf('prices').size() == RECORDS.intdiv(BATCH)
        transactionsOf('items').keySet().disjoint(transactionsOf('prices').keySet())
    }

    private void note(String table) {
        application.execute "create trigger note after insert or update on $table for each row execute function note()".toString()
    }

    /** How many rows of that table each transaction changed, by its identity. */
    private Map<String, Integer> transactionsOf(String table) {
        application.rows('select transaction, count(*)::int as rows from changes where what = ? group by 1', [table])
            .collectEntries { [(it.transaction): it.rows] }
    }

    private RunState run(PostgresStore store) {
        def items = [open: { Resources it -> UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['id', 'price'])) }, title: { -> 'items' }] as SinkDefinition
        def prices = [open: { Resources it -> UpdateSink.open(database, new Update(TableName.of('prices'), ['id'], [], ['price'], Optional.empty(), [])) }, title: { -> 'prices' }] as SinkDefinition
        new OpenResources(4).withCloseable { resources ->
            new Runner(Plans.plan([batch: BATCH], [Plans.phase(new ListSource('id', Plans.products(RECORDS), true), [], items, prices)]), RunOptions.standard(),
                Plans.conditions(new SystemTime()), { owner -> false }).run(resources, store).state()
        }
    }
}
