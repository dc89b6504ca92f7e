package dev.backfill.postgres.write

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Resources
import dev.backfill.connector.TransientFailure
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.FakeTime
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Batches for which the server has no time, with the checkpoint in the same database and elsewhere. */
class SlowTogetherSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 4)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    Listening listening = new Listening()
    FakeTime time = new FakeTime(Plans.START)

    def setup() {
        application.execute 'drop table if exists raw, items, sizes'
        application.execute 'create table raw (id int primary key, name text)'
        application.execute 'create table items (id int primary key, name text not null)'
        application.execute 'create table sizes (n serial, rows int)'
        application.execute "insert into raw select n, 'item ' || n from generate_series(1, 5000) n"
    }

    def "a batch that is too slow is undone and halved, no attempt is spent, and later transactions are short at once (#place)"() {
        given:
        timeFor(600)

        when:
        def state = run(store, 2_000)

        then:
        state.status() == RunStatus.DONE
        listening.heard.findAll { it.startsWith('again') } == []
        application.firstRow('select count(*) as n from items').n == 5_000
        state.phases()[0].sinks()[0].added() == 5_000
        application.rows('select rows from sizes order by n')*.rows == [500] * 10
        state.phases()[0].batches() == batches

        where: 'what shares a transaction with the checkpoint is read in smaller batches from then on'
        place       | store                                              || batches
        'together'  | new PostgresStore(database, 'slow')               || 7
        'elsewhere' | new MemoryStore(new FakeTime(Plans.START))        || 3
    }

    def "a rejected record in a batch that is too slow is found, and each other record is written once (#place)"() {
        given:
        timeFor(600)
        application.execute 'update raw set name = null where id in (617, 4242)'

        when:
        def state = run(store, 2_000)

        then:
        state.status() == RunStatus.DONE
        store.deadLetters(10)*.key().toSet() == ['617', '4242'] as Set
        application.firstRow('select count(*) as n from items').n == 4_998
        state.phases()[0].sinks()[0].added() == 4_998
        listening.heard.findAll { it.startsWith('again') } == []

        where:
        place       | store
        'together'  | new PostgresStore(database, 'slow and refused')
        'elsewhere' | new MemoryStore(new FakeTime(Plans.START))
    }

    def "one record alone for which there is no time is tried as often as any failure that may pass, and the message names the statement"() {
        given:
        timeFor(0)

        when:
        run(new PostgresStore(database, 'never'), 2)

        then:
        def failure = thrown TransientFailure
        failure.message.startsWith('adding to public.items in ')
        failure.message.contains('statement timeout')
        listening.heard.findAll { it.startsWith('again') } == ['again: writing to items'] * 3
    }

    /** What the server answers after thirty seconds, at once. */
    private void timeFor(int most) {
        application.execute """create or replace function slow() returns trigger language plpgsql as \$\$ begin
            if (select count(*) from added) > $most then
                raise exception 'canceling statement due to statement timeout' using errcode = '57014';
            end if;
            insert into sizes (rows) select count(*) from added;
            return null; end \$\$""".toString()
        application.execute 'create trigger slow after insert on items referencing new table as added for each statement execute function slow()'
    }

    private RunState run(CheckpointStore store, int batch) {
        def source = [open: { Resources it -> KeysetSource.open(database, TableName.of('raw'), ['id'], ['id', 'name'], []) }, title: { -> 'raw' }] as SourceDefinition
        def sink = [open: { Resources it -> UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['id', 'name'])) }, title: { -> 'items' }] as SinkDefinition
        new OpenResources(4).withCloseable { resources ->
            new Runner(Plans.plan([batch: batch], [Plans.phase(source, [], sink)]), RunOptions.standard().with(new Concurrency(1, 1)),
                Plans.conditions(time, listener: listening), { owner -> false }).run(resources, store).state()
        }
    }
}
