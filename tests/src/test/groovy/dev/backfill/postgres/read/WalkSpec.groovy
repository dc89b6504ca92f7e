package dev.backfill.postgres.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.Scope
import dev.backfill.connector.Split
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.Catalog
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class WalkSpec extends Specification {
    private static final int ROWS = 20_000

    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setup() {
        application.execute 'drop table if exists items'
        application.execute 'create table items (tenant int, id text collate "en-x-icu", n int, primary key (tenant, id))'
        application.execute """insert into items select n % 3, case when n % 2 = 0 then 'Ä-' else 'a' end || n, n
            from generate_series(1, $ROWS) as n order by md5(n::text)""".toString()
        application.execute 'analyze items'
    }

    def "by strides it finds what pages find, in the same order, however few there are: #condition, #limit together"() {
        given:
        def split = new Split(0, Cursor.start(), upTo, OptionalLong.empty())

        when:
        def strided = walked(new Walk(database, query(condition), 'reading', 1_000), split, limit)

        then:
        strided == walked(new Walk(database, query(condition), 'reading'), split, limit)
        strided.size() == (upTo.empty ? expected : strided.size())

        where:
        condition               | limit | upTo                                | expected
        'n % 997 = 0'           | 1     | Optional.empty()                    | 20
        'n % 997 = 0'           | 7     | Optional.empty()                    | 20
        'n % 997 = 0'           | 1000  | Optional.empty()                    | 20
        'n > 0'                 | 999   | Optional.empty()                    | ROWS
        'n < 0'                 | 10    | Optional.empty()                    | 0
        'nullif(n, 5) % 97 = 0' | 50    | Optional.empty()                    | 206
        'n % 97 = 0'            | 50    | Optional.of(after(['1', 'a10003'])) | null
    }

    def "a part of the keys is gone straight to, and no further than its end"() {
        given:
        def scope = new Scope(Optional.of(KeyText.write(['1', 'a19999'])), Optional.of(KeyText.write(['2', 'a101'])), Optional.empty())
        def part = query('n % 97 = 0').narrowed(scope)
        def whole = new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty())

        expect:
        part.bounds().size() == 2
        walked(new Walk(database, part, 'reading', 1_000), whole, 50) == walked(new Walk(database, part, 'reading'), whole, 50)
    }

    def "rows that come and go between strides neither stop it nor make it repeat a row"() {
        given:
        def walk = new Walk(database, query('n % 97 = 0'), 'reading', 1_000)
        def split = new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty())

        when:
        def first = walk.read(split, Cursor.start(), 5)
        def last = first.rows().last()
        application.execute "delete from items where tenant = ? and id < ?", [last.tenant, last.id]
        application.execute "insert into items values (-1, 'before', 97), (3, 'behind', 97)"
        def rest = walked(walk, split, 5, first.next())

        then:
        (first.rows()*.n + rest*.n - 97).toSet().size() == 206 - 1
        rest.last().id == 'behind'
        !rest*.id.contains('before')
    }

    def "a page that does not come in time is no failure: the walk goes on by strides"() {
        given: 'a condition for which the server gives up on a statement that looks for a whole page'
        application.execute '''create or replace function patient(n int) returns boolean language plpgsql as $$ begin
            if current_query() not like '%backfill_stride%' then raise exception 'canceling statement due to statement timeout'
                using errcode = '57014'; end if;
            return n % 997 = 0; end $$'''
        def walk = new Walk(database, query('patient(n)'), 'reading')

        expect:
        walked(walk, new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty()), 7)*.n.toSet().size() == 20

        and: 'whether there is any row at all is not known either'
        !walk.empty()
    }

    def "a stride that does not come in time is a failure that passes, and the next one is shorter"() {
        given:
        application.execute '''create or replace function short(n int) returns boolean language plpgsql as $$ begin
            if current_query() like '%limit 20000\n%' or current_query() like '%limit 20000)%' then raise exception 'too long'
                using errcode = '57014'; end if;
            return n % 997 = 0; end $$'''
        def walk = new Walk(database, query('short(n)'), 'reading', 20_000)
        def whole = new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty())

        when:
        walk.read(whole, Cursor.start(), 7)

        then:
        thrown dev.backfill.connector.TransientFailure

        expect:
        walk.read(whole, Cursor.start(), 7).rows().size() == 7
    }

    def "a stride is one walk along the index, without a sort, and ends when it has enough"() {
        given:
        def split = new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty())

        when:
        def plan = database.read('explaining') { connection ->
            connection.createStatement().withCloseable { it.execute "select set_config('enable_sort', 'off', true)" }
            def statement = query('n > 0').stride(connection, after(['0', 'a']), split.upTo(), 10, 10_000)
            def sql = statement.unwrap(org.postgresql.PGStatement).toString()
            new Sql(connection).rows("explain (analyze, timing off) $sql".toString())*.values()*.first().join('\n')
        }

        then:
        plan.contains('Index Scan using items_pkey')
        !plan.contains('Sort')
        plan =~ /Index Scan.*rows=1[01] /
    }

    def "what nothing fulfils needs no walk at all"() {
        given:
        def source = KeysetSource.open(database, TableName.of('items'), ['tenant', 'id'], ['n'], ['n < 0'])

        when:
        def split = source.splits(1).first()

        then:
        split.upTo().empty
        split.rows().asLong == 0
        source.read(split, Cursor.start(), 10).with { it.last() && it.rows().empty }
    }

    private static Cursor after(List<String> key) {
        Cursor.after(KeyText.write(key))
    }

    private static List<Map> walked(Walk walk, Split split, int limit, Cursor from = Cursor.start()) {
        List<Map> rows = []
        def batch = walk.read(split, from, limit)
        while (true) {
            assert batch.rows().size() <= limit
            rows.addAll(batch.rows())
            if (batch.last()) {
                return rows
            }
            batch = walk.read(split, batch.next(), limit)
        }
    }

    private KeysetQuery query(String condition) {
        def table = Catalog.table(database, TableName.of('items'))
        new KeysetQuery(table, table.walk(['tenant', 'id']), table.columns(['n', 'tenant', 'id']), [], [condition])
    }
}
