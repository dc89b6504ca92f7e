package dev.backfill.postgres.write

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.Row
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.FakeTime
import dev.backfill.letter.Tally
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.retrial.LetterRetry
import dev.backfill.retrial.Selection
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** The application works on a row while its dead letter is tried again, between the read and the write. */
class RetriedMeanwhileSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 3)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    def store = new MemoryStore(new FakeTime(Plans.START))
    Closure meanwhile = { }

    /** One product's price is none at first. */
    def setup() {
        application.execute 'drop table if exists products, prices'
        application.execute 'create table products (id int primary key, price text, deleted_at bigint, note text)'
        application.execute 'create table prices (id int primary key, price numeric)'
        application.execute "insert into products select n, n::text from generate_series(1, 5) n"
        application.execute "update products set price = 'none' where id = 3"
    }

    def "a row that is deleted meanwhile does not come to life, and its letter is closed"() {
        given:
        run(update())
        mend()
        meanwhile = { application.execute 'delete from products where id = 3' }

        when:
        def tally = retry(update())

        then:
        [tally.tried(), tally.refused()] == [1, 0]
        store.countDeadLetters() == 0
        application.rows('select id from products order by 1')*.id == [1, 2, 4, 5]
    }

    def "what the application writes meanwhile where only nulls are filled stays"() {
        given:
        run(update())
        mend()
        meanwhile = { application.execute 'update products set deleted_at = 1700000000 where id = 3' }

        when:
        def tally = retry(update())

        then:
        [tally.tried(), tally.written()] == [1, 1]
        store.countDeadLetters() == 0
        application.rows('select deleted_at from products order by id')*.deleted_at == [1, 2, 1700000000, 4, 5]
    }

    def "a column that is not written keeps what the application wrote meanwhile"() {
        given:
        run(update())
        mend()
        meanwhile = { application.execute "update products set note = 'mine' where id = 3" }

        when:
        retry(update())

        then:
        application.firstRow('select deleted_at, note from products where id = 3').values().toList() == [3, 'mine']
    }

    def "a row that is spoilt again meanwhile is written as it was read, and one that is spoilt before stays a letter"() {
        given:
        run(upsert())
        mend()
        meanwhile = { application.execute "update products set price = 'none' where id = 3" }

        expect:
        retry(upsert()).written() == 1
        application.firstRow('select price from prices where id = 3').price == 3

        when: 'and another run meets it'
        store = new MemoryStore(new FakeTime(Plans.START))
        meanwhile = { }
        run(upsert())

        then:
        retry(upsert()).refused() == 1
        store.deadLetters(5)*.attempts() == [2]
        application.firstRow('select price from prices where id = 3').price == 3
    }

    private void mend() {
        application.execute "update products set price = '3' where id = 3"
    }

    private SinkDefinition update() {
        [open: { it -> UpdateSink.open(database, new Update(TableName.of('products'), ['id'], [], ['deleted_at'], Optional.of('deleted_at'), ['deleted_at'])) },
         title: { -> 'products' }] as SinkDefinition
    }

    private SinkDefinition upsert() {
        [open: { it -> UpsertSink.open(database, Upsert.of(TableName.of('prices'), ['id'], ['price'])) }, title: { -> 'prices' }] as SinkDefinition
    }

    private backfill(SinkDefinition sink) {
        def source = [open: { it -> KeysetSource.open(database, TableName.of('products'), ['id'], ['id', 'price'], []) }, title: { -> 'products' }] as SourceDefinition
        def step = { Row row ->
            meanwhile()
            Row.of([id: row.id, price: row.price, deleted_at: row.price])
        }
        Plans.plan([Plans.phase(source, [new RecordStep.Transform(step as RecordFunction)], sink)])
    }

    private void run(SinkDefinition sink) {
        new OpenResources(3).withCloseable {
            new Runner(backfill(sink), RunOptions.standard(), conditions(), { false } as Processes).run(it, store)
        }
        assert store.deadLetters(5)*.key() == ['3']
    }

    private Tally retry(SinkDefinition sink) {
        def all = new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), false)
        new OpenResources(3).withCloseable { new LetterRetry(backfill(sink), conditions(), { false } as Processes, all).run(it, store) }
    }

    private static conditions() {
        Plans.conditions(new FakeTime(Plans.START))
    }
}
