package dev.backfill.postgres.read

import dev.backfill.connector.Cursor
import dev.backfill.connector.Scope
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.Catalog
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Keys of types whose operators are in no schema of the search path, or whose index compares in another way than usual. */
class KeyOperatorsSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute 'create schema ext'
        application.execute 'create extension citext schema ext'
        application.execute 'create domain code as ext.citext'
        application.execute 'create domain short_code as code check (length(value) < 20)'
        application.execute "create type pair as (a int, b int)"
        application.execute "create type size as enum ('small', 'large')"
        application.execute "create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
        ownOrder()
    }

    /** A type whose order is its number's, turned round, by operators of its own. */
    private void ownOrder() {
        application.execute 'create type ext.backward as (n int)'
        [lt: ['<', '>'], le: ['<=', '>='], eq: ['=', '='], ge: ['>=', '<='], gt: ['>', '<']].each { name, operators ->
            application.execute("create function ext.backward_$name(ext.backward, ext.backward) returns bool immutable language sql" +
                " as 'select (\$1).n ${operators[1]} (\$2).n'" as String)
            application.execute("create operator ext.${operators[0]} (leftarg = ext.backward, rightarg = ext.backward, function = ext.backward_$name)" as String)
        }
        application.execute "create function ext.backward_cmp(ext.backward, ext.backward) returns int immutable language sql as 'select btint4cmp((\$2).n, (\$1).n)'"
        application.execute('create operator class ext.backward_ops default for type ext.backward using btree as operator 1 ext.<,' +
            ' operator 2 ext.<=, operator 3 ext.=, operator 4 ext.>=, operator 5 ext.>, function 1 ext.backward_cmp(ext.backward, ext.backward)')
    }

    def setup() {
        application.execute 'drop table if exists items'
    }

    def "every row is read, found and counted: #columns, #key"() {
        given:
        def names = table(columns, key, numbered)
        def source = KeysetSource.open(database, TableName.of('items'), names, ['n'], [])

        when:
        def read = SourceContract.walk(source, 7).collectMany { it.rows() }
        def keys = read.collect { source.key(it) }

        then: 'in the order of the index'
        read*.n == application.rows("select n from items order by $order".toString())*.n
        read.size() == 60
        source.splits(1).first().rows().asLong == 60

        and: 'a part begins and ends with its keys'
        def part = new Scope(Optional.of(keys[20]), Optional.of(keys[39]), Optional.empty())
        SourceContract.walk(source.filter(part), 7).collectMany { it.rows() }*.n == read[20..39]*.n

        and:
        source.find(keys[5..9])*.n as Set == read[5..9]*.n as Set

        and: 'what is divided has no gap'
        def splits = source.splits(3)
        splits.size() == 3
        splits.collectMany { split -> SourceContract.walk(source, 7, split, split.after()).collectMany { it.rows() } }*.n == read*.n

        and: 'a page is one walk along the index'
        plan(names, keys[10], keys[50], ['n'] + names).every { it.contains('Index') && !it.contains('Sort') }

        where:
        columns                                    | key                          | numbered                        | order
        'a ext.citext not null'                    | 'a'                          | [mixed()]                       | 'a'
        'a code not null'                          | 'a'                          | [mixed()]                       | 'a'
        'a short_code not null'                    | 'a'                          | [mixed()]                       | 'a'
        'a ext.citext not null, b int not null'    | 'a, b'                       | [mixed('n % 5'), 'n']           | 'a, b'
        'a int not null, b ext.citext not null'    | 'a, b'                       | ['n % 5', mixed()]              | 'a, b'
        'a int not null, b code not null, c text not null' | 'a, b, c'            | ['n % 3', mixed('n % 5'), "'x' || n"] | 'a, b, c'
        'a ext.citext not null, b code not null'   | 'a, b'                       | [mixed('n % 5'), mixed()]       | 'a, b'
        'a ext.citext not null, b int not null'    | 'a desc, b desc'             | [mixed('n % 5'), 'n']           | 'a, b'
        'a ext.citext[] not null'                  | 'a'                          | ["array[${mixed()}]::ext.citext[]"]  | 'a'
        'a ext.backward not null'                  | 'a'                          | ['row(n)::ext.backward']        | 'a'
        'a ext.backward not null, b int not null'  | 'a, b'                       | ['row(n % 5)::ext.backward', 'n'] | 'a, b'
        'a text collate any_case not null'         | 'a'                          | [mixed()]                       | 'a'
        'a int not null'                           | 'a nulls first'              | ['n']                           | 'a'
        'a int not null'                           | 'a desc nulls last'          | ['n']                           | 'a'
        'a int not null, b text not null'          | 'a nulls first, b'           | ['n % 5', "'x' || n"]           | 'a, b'
        'a int not null, b text not null'          | 'a desc, b desc nulls last'  | ['n % 5', "'x' || n"]           | 'a, b'
        'a int[] not null'                         | 'a'                          | ['array[n % 5, n]']             | 'a'
        'a pair not null'                          | 'a'                          | ['row(n % 5, n)::pair']         | 'a'
        'a size not null, b bytea not null'        | 'a, b'                       | ["(array['small', 'large'])[n % 2 + 1]::size", "decode(to_hex(n + 16), 'hex')"] | 'a, b'
        'a numeric not null, b interval not null'  | 'a, b'                       | ['n % 5 / 2.0', "n * interval '7 hours'"] | 'a, b'
        'a inet not null'                          | 'a'                          | ["inet '10.0.0.0' + n"]         | 'a'
        'a jsonb not null'                         | 'a'                          | ["jsonb_build_object('n', n)"]  | 'a'
        'a char(5) not null, b date not null'      | 'a, b'                       | ["'x' || n % 5", "date '2024-01-01' + n"] | 'a, b'
        'a int4range not null'                     | 'a'                          | ['int4range(n, n + 2)']         | 'a'
    }

    def "a row is looked up by the type's own equality, wherever its operator is"() {
        given:
        application.execute 'create table items (a ext.citext, n int)'
        application.execute "insert into items values ('Abc', 1), ('b', 2)"
        def lookup = ColumnLookup.open(database, TableName.of('items'), 'a', ['n'], [])

        expect:
        lookup.find(['aBC', 'B', 'c']).collectEntries { [it.key, it.value.n] } == [aBC: 1, B: 2]
    }

    def "a key whose operators are all in one schema is compared as a whole row, as an index answers best"() {
        given:
        def names = table('a int not null, b text not null', 'a, b', ['n', "'x'"])

        expect:
        plan(names, '["1","x"]', '["9","x"]', ['n'] + names).any { it =~ /Index Cond: \(\(ROW\(a, b\) > / }
    }

    /** Keys as a B c D e F, of many letters. */
    private static String mixed(String n = 'n') {
        "case when $n % 2 = 0 then upper('k' || chr(97 + $n / 26) || chr(97 + $n % 26)) else 'k' || chr(97 + $n / 26) || chr(97 + $n % 26) end"
    }

    private List<String> table(String columns, String key, List<String> numbered) {
        application.execute "create table items ($columns, n int)".toString()
        application.execute "create unique index on items ($key)".toString()
        application.execute "insert into items select ${numbered.join(', ')}, n from generate_series(1, 60) n order by md5(n::text)".toString()
        application.execute 'analyze items'
        columns.split(', ').collect { it.split(' ')[0] }
    }

    private List<String> plan(List<String> key, String after, String upTo, List<String> read) {
        def table = Catalog.table(database, TableName.of('items'))
        def query = new KeysetQuery(table, table.walk(key), table.columns(read), [], [])
        database.read('explaining') { connection ->
            def sql = Sql.newInstance(connection)
            sql.execute 'set local enable_seqscan = off'
            sql.execute 'set local enable_bitmapscan = off'
            def statement = query.prepare(connection, Cursor.after(after), Optional.of(Cursor.after(upTo)), 10)
            def page = sql.rows('explain ' + statement.unwrap(org.postgresql.PGStatement))*.values().flatten().join('\n')
            def highest = sql.rows('explain ' + query.highest())*.values().flatten().join('\n')
            [page, highest]
        }
    }
}
