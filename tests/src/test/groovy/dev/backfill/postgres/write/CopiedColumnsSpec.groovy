package dev.backfill.postgres.write

import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.KeyedSource
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.SameServerComparison
import dev.backfill.connector.SourceContract
import dev.backfill.connector.SourceTraits
import dev.backfill.connector.Split
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.postgres.EveryType
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.run.OpenResources
import dev.backfill.run.RunOptions
import dev.backfill.validation.Validator
import dev.backfill.validation.Verdict
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Columns that pass through unchanged are compared in the server, so that a value which reading or writing alters is found. */
class CopiedColumnsSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql server = PostgresServer.sql(settings)
    @Shared types = new EveryType(server)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @AutoCleanup resources = new OpenResources(1, true)

    /** Reads the rows of a table, and alters each value on the way. */
    private static class Lossy implements KeyedSource {
        final KeysetSource source
        final Closure<Object> alter

        Lossy(KeysetSource source, Closure<Object> alter) {
            this.source = source
            this.alter = alter
        }

        private Row altered(Row row) {
            Row.of(row.columns(), row.columns().names().collect { alter(row[it]) } as Object[])
        }

        List<Split> splits(int wanted) { source.splits(wanted) }

        Batch read(Split split, Cursor after, int limit) {
            def batch = source.read(split, after, limit)
            new Batch(batch.rows().collect { altered(it) }, batch.next(), batch.last())
        }

        List<Row> find(List<String> keys) { source.find(keys).collect { altered(it) } }

        String key(Row row) { source.key(row) }

        SourceTraits traits() {
            def own = source.traits()
            new SourceTraits(own.readsAhead(), own.identified(), own.inspectable(), own.located(), own.conditional(), own.splittable(), own.filterable(),
                    own.peekable(), Optional.of(this), Optional.of(this), own.transactional(), own.sameServer())
        }

        void close() { source.close() }
    }

    private Verdict validate(List<String> columns, Closure<Object> alter, Closure<Map> transform, SinkDefinition sink) {
        def source = [open: { Resources r -> new Lossy(KeysetSource.open(database, TableName.of('paid'), ['id'], columns, []), alter) },
                      title: { -> 'paid' }] as SourceDefinition
        def plan = Plans.plan([Plans.phase(source, [new RecordStep.Transform(transform)], sink)])
        new Validator(plan, RunOptions.standard(), Plans.conditions(new FakeTime(Plans.START)))
                .validate(resources, new RunState('run', 'products', Plans.START, RunStatus.DONE, []), []).first()
    }

    private SinkDefinition upsert(String... columns) {
        [open: { Resources r -> UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], columns.toList())) }, title: { -> 'copied' },
         acceptSuppressedBecause: { -> Optional.empty() }] as SinkDefinition
    }

    private SinkDefinition update(String... columns) {
        [open: { Resources r -> UpdateSink.open(database, new Update(TableName.of('copied'), ['id'], [], columns.toList(), Optional.empty(), [])) },
         title: { -> 'copied' }, acceptSuppressedBecause: { -> Optional.empty() }] as SinkDefinition
    }

    /** An equal value that the transform makes itself. */
    private static BigDecimal made(BigDecimal price) {
        price == null ? null : new BigDecimal(price.toString())
    }

    def setup() {
        server.execute 'drop table if exists paid, copied'
        server.execute 'create table paid (id int primary key, price numeric, name text, code varchar(9))'
        server.execute "insert into paid values (1, 1, 'tea', 'T'), (2, 2.5, 'milk', 'M'), (3, null, null, null), (4, 4.25, 'oat', 'O')"
        server.execute 'create table copied (id int primary key, price numeric, name text, code text, size int)'
    }

    private static final Closure<Object> DROP_FRACTIONS = { it instanceof BigDecimal ? it.setScale(0, java.math.RoundingMode.DOWN) : it }

    def "a reader that alters values is found, though what was written agrees with what was read (#what)"() {
        given: 'a run with the same reader'
        server.execute 'insert into copied select id, trunc(price), name, name, 7 from paid'

        when:
        def verdict = validate(['id', 'price', 'name'], DROP_FRACTIONS, transform, sink.call())

        then:
        verdict.compared() == 4
        verdict.wrong()*.key() == wrong
        verdict.wrong().every { it.reasons().size() == 1 && it.reasons()[0].startsWith('copied: price differs from the source inside the server') }

        where:
        what                  | sink                                                          | transform                                        || wrong
        'upsert'              | { -> upsert('price', 'name') }                                | { r -> r }                                       || ['2', '4']
        'update'              | { -> update('price') }                                        | { r -> [id: r.id, price: r.price] }              || ['2', '4']
        'other names too'     | { -> upsert('price', 'code', 'size') }                        | { r -> [id: r.id, price: r.price, code: r.name, size: 7] } || ['2', '4']
        'only some pass'      | { -> upsert('price') }                                        | { r -> [id: r.id, price: r.id == 2 ? r.price : made(r.price)] }   || ['2']
        'none passes'         | { -> upsert('price') }                                        | { r -> [id: r.id, price: made(r.price)] }        || []
    }

    def "an honest reader is not blamed: by name, under another name, as another kind of text, or where only the values are the same (#columns)"() {
        given:
        server.execute "insert into copied select id, price, name, $code, 7 from paid".toString()

        expect:
        validate(['id', 'price', 'name', 'code'], { it }, transform, upsert(*columns)).wrong() == []

        where:
        columns                     | code   | transform
        ['price', 'name']           | 'code' | { r -> r }
        ['price', 'name', 'code']   | 'code' | { r -> r }
        ['name', 'code']            | 'name' | { r -> [id: r.id, name: r.name, code: r.name] }
        ['size', 'code']            | 'code' | { r -> [id: r.id, size: 7, code: r.code] }
    }

    def "of two records for one row only the last is compared"() {
        given:
        server.execute "insert into copied select case id when 2 then 1 else id end, price, name from paid where id > 1"

        expect:
        validate(['id', 'price', 'name'], { it }, { r -> [id: r.id == 2 ? 1 : r.id, price: r.price, name: r.name] }, upsert('price', 'name')).wrong() == []
    }

    def "a source in another database is not compared in the server"() {
        given:
        def elsewhere = PostgresServer.database()
        def there = PostgresServer.sql(elsewhere)
        there.execute 'create table paid (id int primary key)'
        def other = PostgresDatabase.open(elsewhere, 1)
        def sink = UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], ['price']))

        expect:
        !sink.reaches(KeysetSource.open(other, TableName.of('paid'), ['id'], [], []))
        sink.reaches(KeysetSource.open(database, TableName.of('paid'), ['id'], [], []))

        cleanup:
        other.close()
        there.close()
    }

    def "after the server's own copy every type agrees as #shape, and each altered value is found"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copy', shape)
        server.execute 'insert into copy select * from original'
        def source = KeysetSource.open(database, TableName.of('original'), ['id'], types.columns(), [])
        def rows = SourceContract.walk(source, 4).collectMany { it.rows() }
        def copies = rows.collect { new SameServerComparison.Copy(it, it, types.columns().collect { new SameServerComparison.Copied(it, it) }) }
        def sinks = [UpsertSink.open(database, Upsert.of(TableName.of('copy'), ['id'], types.columns())),
                     UpdateSink.open(database, new Update(TableName.of('copy'), ['id'], [], types.columns(), Optional.empty(), []))]

        expect:
        sinks.every { it.reaches(source) && it.differing(source, copies).every { it == [] } }

        when: 'all values of a column are those of another row'
        def missed = types.columns().findAll { column ->
            def id = server.firstRow("select min(id) as id from original where \"$column\" is not null".toString()).id
            def other = server.firstRow("select min(id) as id from original where \"$column\"::text is distinct from (select \"$column\"::text from original where id = $id)".toString()).id
            alter column, id as long, other as long
            def found = sinks.collect { it.differing(source, copies) }
            alter column, id as long, id as long
            found.any { it.flatten() != [column] || it[rows.findIndexOf { it.id == id }] != [column] }
        }

        then:
        missed == []

        cleanup:
        server.execute 'drop table if exists original, copy'

        where:
        shape << ['scalar', 'array', 'domain', 'composite']
    }

    private void alter(String column, long id, long other) {
        server.execute "update copy set \"$column\" = (select \"$column\" from original where id = $other) where id = $id".toString()
    }
}
