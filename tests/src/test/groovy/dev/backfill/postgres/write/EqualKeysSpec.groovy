package dev.backfill.postgres.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Records of one batch whose keys the server takes for the same, though their texts differ. */
class EqualKeysSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute 'create schema ext'
        application.execute 'create extension citext schema ext'
        application.execute 'create domain code as ext.citext'
        application.execute "create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
    }

    def setup() {
        application.execute 'drop table if exists items'
    }

    def "the last of the same keys counts: #type, #texts"() {
        given:
        application.execute "create table items (k $type, n int)".toString()
        application.execute 'create unique index on items (k)'
        def records = texts.withIndex(1).collect { text, n -> Row.of([k: text, n: n]) }

        when: 'the row is added'
        def added = upsert('k').write(records)

        then:
        application.rows('select n from items order by n')*.n == kept
        added.countAdded() == kept.size()
        SinkContract.fates(added).count(WriteStatus.WRITTEN) == kept.size()

        and: 'what a look says of it is the same'
        SinkContract.fates(upsert('k').preview(records)) == [WriteStatus.UNCHANGED] * texts.size()

        when: 'and changed'
        def changed = update('k').write(texts.withIndex(11).collect { text, n -> Row.of([k: text, n: n]) })

        then:
        application.rows('select n from items order by n')*.n == kept*.plus(10)
        SinkContract.fates(changed).count(WriteStatus.WRITTEN) == kept.size()
        SinkContract.fates(changed).count(WriteStatus.MISSING) == 0

        where:
        type                         | texts                                                  || kept
        'ext.citext not null'        | ['Abc', 'aBC', 'Abc', 'aBC']                           || [4]
        'ext.citext not null'        | ['Abc', 'x', 'aBC', 'X', 'y']                          || [3, 4, 5]
        'code not null'              | ['Abc', 'aBC', 'b']                                    || [2, 3]
        'text collate any_case not null' | ['Abc', 'aBC', 'b']                                || [2, 3]
        'varchar(9) collate any_case not null' | ['Abc', 'aBC', 'b']                          || [2, 3]
        'ext.citext[] not null'      | ['{Abc,d}', '{aBC,D}', '{abc}']                        || [2, 3]
        'numeric not null'           | ['1', '1.00', 1.0, 2]                                  || [3, 4]
        'float8 not null'            | ['-0', '0', '0.0', '0.1', '1e-1']                      || [3, 5]
        'float4 not null'            | ['0.1', '0.10000000001']                               || [2]
        'char(5) not null'           | ['a', 'a  ', 'b']                                      || [2, 3]
        'timestamptz not null'       | ['2024-01-01T00:00:00Z', '2024-01-01 02:00:00+02', '2024-01-02T00:00:00Z'] || [2, 3]
        'timestamp not null'         | ['2024-01-01T00:00', '2024-01-01 00:00:00.000']        || [2]
        'date not null'              | ['2024-01-05', '20240105']                             || [2]
        'timetz not null'            | ['12:00+00', '12:00:00.0+00']                          || [2]
        'bytea not null'             | ['\\x0A', '\\x0a']                                     || [2]
        'interval not null'          | ['1 day', '24 hours', '25 hours']                      || [2, 3]
        'inet not null'              | ['10.0.0.1', '10.0.0.1/32', '10.0.0.2']                || [2, 3]
        'jsonb not null'             | ['{"a": 1, "b": 2}', '{"b": 2, "a": 1.0}', '{}']       || [2, 3]
        'int[] not null'             | ['{1,2}', '{ 1, 2 }']                                  || [2]
        'uuid not null'              | ['A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'] || [2]
        'bigint not null'            | [1, '1', 1.0, 2]                                       || [3, 4]
        'text not null'              | ['a', 'A', 'a']                                        || [2, 3]
    }

    def "a key of several columns is the same only if each of them is"() {
        given:
        application.execute 'create table items (a int not null, b ext.citext not null, n int, primary key (a, b))'
        def records = [[1, 'x'], [1, 'X'], [2, 'x'], ['1', 'x'], [2, 'y']].withIndex(1).collect { key, n -> Row.of([a: key[0], b: key[1], n: n]) }

        when:
        upsert('a', 'b').write(records)

        then:
        application.rows('select n from items order by n')*.n == [3, 4, 5]
    }

    def "nulls in a key are the same, and differ from all else"() {
        given:
        application.execute 'create table items (a int not null, b ext.citext, n int, unique (a, b))'
        def records = [[1, 'x'], [1, null], [1, 'X'], [1, null], [2, null]].withIndex(1).collect { key, n -> Row.of([a: key[0], b: key[1], n: n]) }

        when:
        2.times { upsert('a', 'b').write(records) }

        then:
        application.rows('select n from items order by n')*.n == [3, 4, 5]
    }

    def "what the column rounds is the same once it is added, and another one where it is looked for"() {
        given:
        application.execute 'create table items (k numeric(10, 2) primary key, n int)'
        def records = [Row.of([k: 1.001, n: 1]), Row.of([k: 1.00, n: 2]), Row.of([k: 1.004, n: 3])]

        when:
        upsert('k').write(records)

        then:
        application.rows('select k, n from items')*.values()*.toList() == [[1.00, 3]]
        SinkContract.fates(update('k').write(records)) == [WriteStatus.MISSING, WriteStatus.WRITTEN, WriteStatus.MISSING]
    }

    def "an index with a collation of its own decides, not the column's"() {
        given:
        application.execute 'create table items (k text not null, n int)'
        application.execute 'create unique index on items (k collate any_case)'

        when:
        upsert('k').write([Row.of([k: 'Abc', n: 1]), Row.of([k: 'aBC', n: 2])])
        def again = upsert('k').write([Row.of([k: 'abc', n: 3]), Row.of([k: 'ABC', n: 4])])

        then:
        application.rows('select k, n from items')*.values()*.toList() == [['aBC', 4]]
        SinkContract.fates(again) == [WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        SinkContract.fates(update('k').write([Row.of([k: 'aBc', n: 5])])) == [WriteStatus.WRITTEN]
    }

    def "records of two batches that only the server can tell apart are kept in order, others not"() {
        given:
        application.execute 'create table items (a int not null, b ext.citext not null, n int, primary key (a, b))'
        def sink = upsert('a', 'b')

        expect:
        sink.lane(Row.of([a: 1, b: 'x'])) == sink.lane(Row.of([a: 1, b: 'X']))
        sink.lane(Row.of([a: 1, b: 'x'])) != sink.lane(Row.of([a: 2, b: 'x']))
    }

    private UpsertSink upsert(String... key) {
        UpsertSink.open(database, Upsert.of(TableName.of('items'), key as List, ['n']))
    }

    private UpdateSink update(String... key) {
        UpdateSink.open(database, new Update(TableName.of('items'), key as List, [], ['n'], Optional.empty(), []))
    }
}
