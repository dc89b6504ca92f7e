package dev.backfill.postgres.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Row
import dev.backfill.connector.Scope
import dev.backfill.connector.UnfitScopeException
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.Catalog
import dev.backfill.postgres.catalog.Condition
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.OffsetDateTime

class KeysetSourceSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setup() {
        application.execute 'drop table if exists items'
    }

    def "rows added or deleted during the walk neither stop it nor make it repeat a row"() {
        given:
        items 'id int primary key', 'n * 10', 10
        def source = open('id')
        def split = source.splits(1).first()

        when:
        def first = source.read(split, split.after(), 3)
        application.execute 'delete from items where id in (30, 40, 100)'
        application.execute 'insert into items values (5), (45), (101)'
        def rest = SourceContract.walk(source, 3, split, first.next())

        then: 'what came later above the highest key at the start is not its own'
        first.rows()*.id == [10, 20, 30]
        rest.collectMany { it.rows() }*.id == [45, 50, 60, 70, 80, 90]
    }

    def "rows added to a table that was empty at the start are not read"() {
        given:
        items 'id int primary key', 'n', 0
        def source = open('id')
        def split = source.splits(1).first()

        when:
        application.execute 'insert into items values (1)'

        then:
        source.read(split, split.after(), 10).rows().empty
        split.rows().asLong == 0
    }

    def "a condition leaves rows out, whatever signs it holds"() {
        given:
        items "id int primary key, data jsonb default '{\"a\": \"what?\"}'", 'n', 6

        expect:
        SourceContract.walk(open(['id'], ['id'], conditions), 2).collectMany { it.rows() }*.id == found

        where:
        conditions                                               | found
        ['id % 2 = 0']                                           | [2, 4, 6]
        ['id > 1 or id > 2', 'id < 4 -- not the rest']           | [2, 3]
        ["data ? 'a'", "data->>'a' = 'what?'", '"items"."id" = 3'] | [3]
        ["data ? 'b'"]                                           | []
    }

    def "a page is one walk along the index, without a sort"() {
        given:
        application.execute 'create table items (tenant text collate "de-x-icu", id bigint, name text, primary key (tenant, id))'
        application.execute "insert into items select 't' || n % 7, n, 'name' from generate_series(1, 20000) as n"
        application.execute 'analyze items'
        def table = Catalog.table(database, TableName.of('items'))
        def query = new KeysetQuery(table, table.walk(['tenant', 'id']), table.columns(['name', 'tenant', 'id']), [], [])

        when:
        def plan = database.read('explaining') { connection ->
            def statement = query.prepare(connection, Cursor.after('["t3", "9000"]'), Optional.of(Cursor.after('["t6", "20000"]')), 1000)
            def bound = statement.unwrap(org.postgresql.PGStatement).toString()
            Sql.newInstance(connection).rows('explain ' + bound)*.values().flatten().join('\n')
        }

        then:
        plan.contains('Index Scan using items_pkey')
        !plan.contains('Sort')
        plan =~ /Index Cond: \(\(ROW\(tenant, id\) > /
    }

    def "a key that does not tell rows apart, or may be null, is refused with what to do"() {
        given:
        application.execute "create table items ($columns)".toString()
        indexes.each { application.execute it }

        when:
        open(key, ['name'])

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)

        where:
        columns                                 | indexes                                                 | key          | says
        'id int, name text'                     | []                                                      | ['id']       | 'no unique index has exactly these columns in this order'
        'id int, name text'                     | []                                                      | ['id']       | 'run create unique index concurrently on "public"."items" ("id")'
        'id int, name text'                     | ['create index on items (id)']                          | ['id']       | 'no unique index'
        'id int, name text'                     | ['create unique index on items (id) where id > 0']      | ['id']       | 'no unique index'
        'id int, name text'                     | ['create unique index on items ((id + 1))']             | ['id']       | 'no unique index'
        'id int, name text'                     | ['create unique index on items (id)']                   | ['id']       | 'id may be null, and such rows would never be read; run alter table "public"."items" alter column "id" set not null'
        'a int, b int, name text, primary key (a, b)' | []                                                | ['b', 'a']   | "use key('a', 'b')"
        'a int, b int, name text, primary key (a, b)' | []                                                | ['a']        | "use key('a', 'b')"
        'a int not null, b int not null, name text' | ['create unique index on items (a, b desc)']        | ['a', 'b']   | 'no unique index'
        'id text not null, name text'           | ['create unique index on items (id collate "C")']       | ['id']       | 'in their own collation'
        'id text not null, name text'           | ['create unique index on items (id text_pattern_ops)']  | ['id']       | 'no unique index'
        'id int primary key, name text'         | []                                                      | []           | "table('public.items') has no key: say key('id')"
    }

    def "a descending index is walked from its other end"() {
        given:
        application.execute 'create table items (id int not null)'
        application.execute 'create unique index on items (id desc)'
        application.execute 'insert into items values (2), (1), (3)'

        expect:
        SourceContract.walk(open('id'), 2).collectMany { it.rows() }*.id == [1, 2, 3]
    }

    def "all wrong names are told at once, with what was probably meant"() {
        given:
        items 'id int primary key, created_at timestamptz, name text', 'n', 0

        when:
        open(['id'], ['craeted_at', 'name', 'nmae'])

        then:
        def failure = thrown FatalFailure
        failure.message == "public.items has no column 'craeted_at', did you mean 'created_at'?;" +
            " public.items has no column 'nmae', did you mean 'name'? (columns: id, created_at, name)"
    }

    def "a table that is not there, and a view, are refused by name"() {
        given:
        items 'id int primary key', 'n', 0
        application.execute 'create or replace view item_view as select 1 as id'

        when:
        KeysetSource.open(database, TableName.of(name), ['id'], ['id'], [])

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)

        where:
        name           | says
        'itmes'        | "there is no table itmes in this database, did you mean 'items'?"
        'other.items'  | 'there is no table other.items'
        'public.Items' | 'there is no table public.Items'
        'item_view'    | 'is no table, but a view'
    }

    def "a part that cannot be read is refused before a row is: #where, from #from"() {
        given:
        application.execute 'create table items (a int, b int, primary key (a, b))'

        when:
        open('a', 'b').filter(new Scope(Optional.ofNullable(from), Optional.empty(), Optional.ofNullable(where)))

        then:
        def unfit = thrown UnfitScopeException
        unfit.message.contains("cannot be read ${from ? "from '$from'" : "where $where"}: $says")

        where:
        from         | where      || says
        null         | 'a = ('    || 'syntax error at or near ")"'
        null         | 'c = 1'    || 'column "c" does not exist'
        null         | "a = 'x'"  || 'invalid input syntax for type integer: "x"'
        null         | 'a'        || 'argument of AND must be type boolean'
        '["1", "x"]' | null       || 'invalid input syntax for type integer: "x"'
        '7'          | null       || 'a key of it is written as ["a","b"]'
    }

    def "a condition that closes a bracket of ours is refused wherever it is given: #condition"() {
        given:
        items 'id int primary key, doc jsonb', 'n', 9

        when:
        open(['id'], ['id'], [condition])

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("reading the condition '$condition' of public.items: ")

        when:
        open('id').filter(new Scope(Optional.empty(), Optional.empty(), Optional.of(condition)))

        then:
        thrown UnfitScopeException

        when:
        ColumnLookup.open(database, TableName.of('items'), 'id', ['id'], [condition])

        then:
        thrown FatalFailure

        when:
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [condition], ['doc'], Optional.empty(), []))

        then:
        thrown FatalFailure

        where:
        condition << ['true) or (true', 'id > 3) or (id > 0', 'true); commit; select (true', 'true; select 1', 'true /* open', "id = 1 order by id"]
    }

    def "a page of large rows is short, and not the last one: #type"() {
        given: 'two large rows are more than a page has, and small ones follow'
        def large = PageSize.MOST * 6 / 10 as int
        application.execute "create table items (id int primary key, doc $type, other text)".toString()
        application.execute "insert into items select n, case when n <= 5 then $value end, 'small' from generate_series(1, 30) n".toString().replace('LARGE', "$large")

        when:
        def pages = SourceContract.walk(open(['id'], ['id', 'doc', 'other'], conditions), 20)

        then:
        pages*.rows()*.collect { it.id } == expected
        pages*.last() == [false] * (expected.size() - 1) + [true]

        where:
        type                | value                                                  | conditions || expected
        'text'              | "repeat('x', LARGE)"                                   | []         || [[1, 2], [3, 4], (5..24).toList(), (25..30).toList()]
        'varchar'           | "repeat('x', LARGE)"                                   | []         || [[1, 2], [3, 4], (5..24).toList(), (25..30).toList()]
        'bytea'             | "cast(repeat('x', LARGE) as bytea)"                    | []         || [[1, 2], [3, 4], (5..24).toList(), (25..30).toList()]
        'text'              | "repeat('x', LARGE)"                                   | ['id <= 4'] || [[1, 2], [3, 4], []]
        'text'              | "repeat('x', LARGE)"                                   | ['id <> 3'] || [[1, 2], [4, 5], (6..25).toList(), (26..30).toList()]
    }

    def "of large rows so many are found by their keys as fit together, whatever keys are not there (#keys)"() {
        given: 'two large rows are more than a page has'
        def large = PageSize.MOST * 6 / 10 as int
        application.execute 'create table items (id int primary key, number int, c0 text, doc text)'
        application.execute "insert into items select n, -n, n::text, case when n <= 5 then repeat('x', $large) end from generate_series(1, 30) n".toString()

        expect:
        open(['id'], ['id', 'number', 'c0', 'doc'], []).together(keys*.toString()) == expected
        open(['id'], ['id', 'number'], []).together(keys*.toString()) == keys.size()

        where:
        keys                     || expected
        [1]                      || 1
        [1, 2]                   || 2
        [1, 2, 3]                || 2
        [1, 9, 8, 2, 7, 3]       || 4
        [77, 3, 78, 4, 79]       || 5
        (6..30).toList()         || 25
        [77, 78]                 || 2
    }

    def "no statement stays prepared on a connection, which a pooler may lend to others"() {
        given:
        items 'id int primary key, doc jsonb', 'n', 9
        def table = TableName.of('items')

        when:
        def source = open(['id'], ['id'], ['id > 3'])
        def part = source.filter(new Scope(Optional.of('4'), Optional.of('8'), Optional.of('id < 7')))
        part.splits(2)
        SourceContract.walk(part, 2)
        part.find(['5', '99'])
        part.check(['5'])
        part.inspect()
        ColumnLookup.open(database, table, 'id', ['doc'], ['id > 3']).find(['5'])
        UpdateSink.open(database, new Update(table, ['id'], ['id > 3'], ['doc'], Optional.empty(), [])).write([Row.of([id: 5, doc: '{}'])])
        Condition.check(database, table, ['id > 3'])

        then:
        database.read('looking') { connection -> new Sql(connection).rows('select statement from pg_prepared_statements') } == []
    }

    def "a page that does not begin behind its key stops the run, by pages and by strides"() {
        given:
        items 'id int primary key', 'n', 9
        def table = Catalog.table(database, TableName.of('items'))
        def query = new KeysetQuery(table, table.walk(['id']), table.columns(['id']), ['true) or (true'], ['true'])
        def split = open('id').splits(1).first()

        when:
        new Walk(database, query, 'reading items', stride).read(split, Cursor.after('5'), 3)

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("reading items: after the key '5' came '1', which is not behind it")

        where:
        stride << [0, 4]
    }

    def "a condition that is good is one, whatever marks and comments it has"() {
        given:
        items 'id int primary key, doc jsonb', 'n', 9

        when:
        def part = open('id').filter(new Scope(Optional.empty(), Optional.empty(), Optional.of("doc ? 'x' is null and id > 7 -- the last")))

        then:
        SourceContract.walk(part, 10).collectMany { it.rows() }*.id == [8, 9]
    }

    def "a partition's parent is a table like any other"() {
        given:
        application.execute 'create table items (id int primary key) partition by range (id)'
        application.execute 'create table items_low partition of items for values from (0) to (10)'
        application.execute 'create table items_high partition of items for values from (10) to (100)'
        application.execute 'insert into items select n * 3 from generate_series(1, 6) as n'

        expect:
        SourceContract.walk(open('id'), 4).collectMany { it.rows() }*.id == [3, 6, 9, 12, 15, 18]

        cleanup:
        application.execute 'drop table items'
    }

    def "a cursor of another key is refused, not misread"() {
        given:
        application.execute 'create table items (a int, b int, primary key (a, b))'
        application.execute 'insert into items values (1, 1)'
        def source = open('a', 'b')

        when:
        source.read(source.splits(1).first(), Cursor.after(cursor), 10)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)

        where:
        cursor         | says
        '7'            | "the checkpoint's position '7' is no key of 2 columns"
        '["7"]'        | 'the key was changed since it was saved'
        '["7", null]'  | 'is no key of 2 columns'
        '["1", "x"]'   | 'invalid input syntax for type integer: "x"'
    }

    def "values come as Java knows them"() {
        given:
        items """id int primary key, small smallint default 1, big bigint default 2, price numeric(10, 2) default 1.5, ratio float8 default 0.25,
            yes boolean default true, code char(4) default 'ab', ref uuid default '00000000-0000-0000-0000-000000000001',
            at timestamptz default '2024-01-01 12:00:00.000001+03', local timestamp default '2024-01-01 12:00', day date default '2024-02-29',
            hour time default '12:30', doc jsonb default '{"a": 1}', raw bytea default '\\xcafe', tags text[] default '{a,null,"b c"}',
            days date[] default '{2024-02-29}', grid int[] default '{{1,2},{3,4}}', span interval default '1 day', nothing text, never timestamptz,
            ever timestamptz default 'infinity', docs jsonb[] default array['{}'::jsonb]""", 'n', 1
        def source = open(['id'], ['small', 'big', 'price', 'ratio', 'yes', 'code', 'ref', 'at', 'local', 'day', 'hour', 'doc', 'raw', 'tags', 'days', 'grid',
            'span', 'nothing', 'never', 'ever', 'docs'])

        when:
        def row = SourceContract.walk(source, 10).first().rows().first()

        then:
        row.small == 1 && row.big instanceof Long && row.price == 1.50 && row.price.scale() == 2 && row.ratio == 0.25d && row.yes == true
        row.code == 'ab' && row.ref == new UUID(0, 1)
        row.at == OffsetDateTime.parse('2024-01-01T09:00:00.000001Z') && row.local == LocalDateTime.parse('2024-01-01T12:00')
        row.day == LocalDate.parse('2024-02-29') && row.hour == LocalTime.parse('12:30')
        row.doc == '{"a": 1}' && row.raw == [0xca, 0xfe] as byte[] && row.tags == ['a', null, 'b c'] && row.grid == [[1, 2], [3, 4]]
        row.days == [LocalDate.parse('2024-02-29')] && row.span == '1 day' && row.nothing == null && row.never == null
        row.ever == OffsetDateTime.MAX && row.docs == ['{}']
        row.id == 1
    }

    def "small tables are counted, and large ones are estimated"() {
        given:
        items 'id int primary key', 'n', rows
        application.execute 'analyze items'

        when:
        def expected = open(['id'], ['id'], conditions).splits(1).first().rows().asLong

        then:
        Math.abs(expected - told) <= told * error

        where:
        rows   | conditions   | told   | error
        10     | []           | 10     | 0
        5000   | ['id > 100'] | 4900   | 0
        150000 | []           | 150000 | 0.05
        150000 | ['id > 75000'] | 75000 | 0.05
    }

    def "it is pinned to the order of its key: the collation and its version, as far as the key has one"() {
        given:
        application.execute "create table items (id $type primary key)".toString()

        expect:
        open('id').identity() ==~ identity

        where:
        type                        || identity
        'bigint'                    || /public.items of database \w+ on server \d+/
        'text collate "de-x-icu"'   || /public.items of database \w+ on server \d+, ordered by de-x-icu [\d.]+/
        'text'                      || /public.items of database \w+ on server \d+, ordered by \S+( [\d.]+)?/
    }

    def "a server that goes away during a read is a passing failure, never the end"() {
        given:
        items 'id int primary key', 'n', 10
        def source = open('id')
        def split = source.splits(1).first()
        application.execute "alter table items rename to elsewhere"
        application.execute """create view items as select id from elsewhere, lateral (select pg_terminate_backend(pg_backend_pid())) as cut"""

        when:
        source.read(split, split.after(), 100)

        then:
        def failure = thrown dev.backfill.connector.TransientFailure
        failure.message.startsWith('reading public.items in ')

        cleanup:
        application.execute 'drop view items'
        application.execute 'drop table elsewhere'
    }

    private void items(String columns, String id, int rows) {
        application.execute "create table items ($columns)".toString()
        application.execute "insert into items (id) select $id from generate_series(1, $rows) as n".toString()
    }

    private Source open(String... key) {
        open(key.toList(), key.toList())
    }

    private Source open(List<String> key, List<String> columns, List<String> conditions = []) {
        KeysetSource.open(database, TableName.of('items'), key, columns, conditions)
    }
}
