package dev.backfill.postgres.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteResult
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.connector.TransientFailure
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.time.Instant

class UpdateSinkSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 3)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setup() {
        application.execute 'drop table if exists items'
    }

    def "only rows whose column is null are changed, and the record then holds what each row holds"() {
        given:
        application.execute 'create table items (id text primary key, deleted_at bigint, name text)'
        application.execute "insert into items values ('active', null, 'x'), ('deleted', 1700000000, 'x'), ('other', null, 'x')"
        def sink = open(['id'], ['deleted_at'], 'deleted_at', ['deleted_at', 'name'])

        when: 'the values were read before the application deleted one of them, and dropped another'
        def outcome = sink.write(['active', 'deleted', 'gone'].collect { Row.of([id: it, deleted_at: 0]) })

        then:
        fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.MISSING]
        outcome.record(0) == [id: 'active', deleted_at: 0L, name: 'x']
        outcome.record(1) == [id: 'deleted', deleted_at: 1700000000L, name: 'x']
        (0..2).collect { outcome.continues(it) } == [true, true, false]
        application.rows('select id, deleted_at from items').collectEntries { [it.id, it.deleted_at] } == [active: 0, deleted: 1700000000, other: null]
    }

    def "a record without a row goes on to the next sinks if nothing was to be read back"() {
        given:
        application.execute 'create table items (id int primary key, n int)'

        when:
        def outcome = open(['id'], ['n']).write([Row.of([id: 1, n: 1])])

        then:
        fates(outcome) == [WriteStatus.MISSING] && outcome.continues(0)
    }

    def "a write that the server gives up for its time is too much at once, changes nothing, and works with less"() {
        given: 'a server that has time for three rows'
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items select n, 0 from generate_series(1, 10) n'
        application.execute '''create or replace function slow() returns trigger language plpgsql as $$ begin
            if (select count(*) from changed) > 3 then
                raise exception 'canceling statement due to statement timeout' using errcode = '57014';
            end if; return null; end $$'''
        application.execute 'create trigger slow after update on items referencing new table as changed for each statement execute function slow()'
        def sink = open(['id'], ['n'])
        def rows = (1..10).collect { Row.of([id: it, n: 1]) }

        when:
        sink.write(rows)

        then:
        def failure = thrown OversizedFailure
        failure.message.startsWith('updating public.items in ')
        application.firstRow('select sum(n) as changed from items').changed == 0

        expect:
        fates(sink.write(rows.take(3))) == [WriteStatus.WRITTEN] * 3
    }

    def "a row that the application changes while the update waits for it is not overwritten"() {
        given:
        application.execute 'create table items (id text primary key, deleted_at bigint)'
        application.execute "insert into items values ('a', null), ('b', null)"
        def sink = open(['id'], ['deleted_at'], 'deleted_at', ['deleted_at'])
        application.connection.autoCommit = false
        application.execute "update items set deleted_at = 1700000000 where id = 'b'"

        when:
        def result = new java.util.concurrent.FutureTask<WriteResult>({ sink.write([Row.of([id: 'a', deleted_at: 0]), Row.of([id: 'b', deleted_at: 0])]) })
        Thread.startDaemon { result.run() }
        waitUntilBlocked()
        application.commit()
        def outcome = result.get()

        then:
        fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED]
        outcome.record(1).deleted_at == 1700000000L

        cleanup:
        application.connection.autoCommit = true
    }

    def "rows that hold the value already are not written again"() {
        given:
        application.execute 'create table items (id int primary key, price numeric(10, 2), doc json, tags text[], code char(5), at timestamptz(0), place point, name varchar)'
        application.execute 'insert into items (id) values (1), (2)'
        def values = [price: 1.239, doc: [a: 1], tags: ['x', null, 'y "z" \\'], code: 'ab', at: Instant.parse('2024-01-01T10:00:00.6Z'), place: '(1,2)', name: 'ä€😀']
        def sink = open(['id'], values.keySet().toList())
        def version = { application.rows('select xmin::text from items order by id')*.xmin }

        when:
        def first = sink.write([Row.of([id: 1] + values), Row.of([id: 2] + values)])
        def written = version()
        def second = sink.write([Row.of([id: 1] + values), Row.of([id: 2] + values)])

        then:
        fates(first) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        fates(second) == [WriteStatus.UNCHANGED, WriteStatus.UNCHANGED]
        version() == written
        application.firstRow('select price, doc::text as doc, tags[3] as tag, code, at::text as at, name from items where id = 1').values().toList() ==
            [1.24, '{"a":1}', 'y "z" \\', 'ab   ', '2024-01-01 10:00:01+00', 'ä€😀']
    }

    def "null is written, and is no change where it is already"() {
        given:
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items values (1, 1), (2, null)'

        expect:
        fates(open(['id'], ['n']).write([Row.of([id: 1, n: null]), Row.of([id: 2, n: null])])) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED]
        application.rows('select n from items')*.n == [null, null]
    }

    def "a value that is none for its column is refused alone, with the reason: #value for #type"() {
        given:
        application.execute "create table items (id int primary key, v $type)".toString()
        application.execute 'insert into items (id) values (1), (2)'

        when:
        def outcome = open(['id'], ['v']).write([Row.of([id: 1, v: null]), Row.of([id: 2, v: value])])

        then:
        fates(outcome) == [WriteStatus.UNCHANGED, WriteStatus.REJECTED]
        outcome.reason(1).startsWith('v: ')
        outcome.reason(1).contains(says)

        where:
        type             | value                        | says
        'bigint'         | 'abc'                        | "'abc' (String) is no bigint"
        'smallint'       | 40000                        | '40000 is out of range for smallint'
        'int'            | 1.5                          | 'is no integer'
        'bigint'         | 10G**20                      | 'is no bigint'
        'text'           | "a\0b"                       | 'a character of code 0'
        'text'           | ['a', 'b']                   | 'is no text'
        'varchar(3)'     | 'abcd'                       | 'a text of 4 characters is too long for character varying(3)'
        'uuid'           | 'not-a-uuid'                 | 'is no uuid'
        'boolean'        | 'perhaps'                    | 'is no boolean'
        'timestamptz'    | 'yesterday'                  | 'is no timestamp with time zone'
        'timestamptz'    | 17                           | 'is no timestamp'
        'numeric'        | '1,5'                        | 'is no numeric'
        'bytea'          | 'text'                       | 'is no bytea'
        'int[]'          | [1, 'x']                     | "'x' (String) is no integer"
        'text'           | '\ud83d'                     | 'half a character'
    }

    def "what only the server can refuse fails the whole, and nothing is written"() {
        given:
        application.execute "create table items (id int primary key, v $type)".toString()
        application.execute 'insert into items (id) values (1), (2)'

        when:
        open(['id'], ['v']).write([Row.of([id: 1, v: good]), Row.of([id: 2, v: bad])])

        then:
        def failure = thrown RejectedFailure
        failure.message.contains(says)
        application.rows('select v from items')*.v == [null, null]

        where:
        type                   | good         | bad          | says
        'int check (v < 10)'   | 1            | 10           | 'items_v_check'
        'int unique'           | 1            | 1            | 'duplicate key'
        'date'                 | '2024-02-29' | '2023-02-29' | 'date/time field value out of range'
        'jsonb'                | '{}'         | '{'          | 'invalid input syntax for type json'
        'numeric(3, 1)'        | 1            | 100          | 'numeric field overflow'
        'varchar(3)[]'         | ['abc']      | ['abcd']     | 'value too long'
    }

    def "records of one key in different writing are one key"() {
        given:
        application.execute "create table items (id $type primary key, n int)".toString()
        application.execute 'insert into items values (?::' + type + ', 0)', [keys[0].toString()]

        when:
        def outcome = open(['id'], ['n']).write(keys.withIndex().collect { key, n -> Row.of([id: key, n: n + 1]) })

        then:
        fates(outcome) == [WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        application.firstRow('select n from items').n == 2

        where:
        type      | keys
        'numeric' | [1.0, 1]
        'bigint'  | [7, '7']
        'uuid'    | [new UUID(10, 11), new UUID(10, 11).toString().toUpperCase()]
        'text'    | [5, '5']
    }

    def "a key of several columns hits its row alone"() {
        given:
        application.execute 'create table items (tenant text, "Day" date, id int, n int, primary key (tenant, "Day", id))'
        application.execute "insert into items select 't' || n % 2, date '2024-01-01' + n % 3, n, 0 from generate_series(1, 12) as n"
        def source = KeysetSource.open(database, TableName.of('items'), ['tenant', 'Day', 'id'], ['n'], ['id > 6'])
        def rows = SourceContract.walk(source, 4).collectMany { it.rows() }

        when:
        def outcome = open(['tenant', 'Day', 'id'], ['n']).write(rows.collect { it.with([n: it.id * 10]) })

        then:
        outcome.count(WriteStatus.WRITTEN) == 6
        application.rows('select id, n from items order by id').every { it.n == (it.id > 6 ? it.id * 10 : 0) }
    }

    def "a condition of the table guards what is changed"() {
        given:
        application.execute 'create table items (id int primary key, source text, n int)'
        application.execute "insert into items values (1, 'ours', 0), (2, 'theirs', 0)"
        def update = new Update(TableName.of('public.items'), ['id'], ["source = 'ours'", "items.source <> '?'"], ['n'], Optional.empty(), [])

        expect:
        fates(UpdateSink.open(database, update).write([Row.of([id: 1, n: 1]), Row.of([id: 2, n: 1])])) == [WriteStatus.WRITTEN, WriteStatus.MISSING]
        application.rows('select n from items order by id')*.n == [1, 0]
    }

    def "a record without a key is refused alone"() {
        given:
        application.execute 'create table items (id int primary key, n int)'

        expect:
        open(['id'], ['n']).write([Row.of([id: null, n: 1])]).reason(0) == 'the key id is null'
    }

    def "what cannot be updated is refused when it is opened"() {
        given:
        application.execute 'create table items (id int primary key, n int, twice int generated always as (n * 2) stored, serial int generated always as identity)'

        when:
        open(key, columns, whereNull, returning)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(says)

        where:
        key    | columns    | whereNull | returning | says
        ['id'] | ['twice']  | null      | []        | "the server itself computes the column 'twice'"
        ['id'] | ['serial'] | null      | []        | "the server itself computes the column 'serial'"
        ['id'] | ['id']     | null      | []        | 'an update needs a column in addition to the key'
        ['n']  | ['id']     | null      | []        | "cannot be changed by key('n'): more than one row may have the same; use key('id')"
        []     | ['n']      | null      | []        | "say key('id')"
        ['id'] | ['m']      | null      | []        | "no column 'm', did you mean 'n'?"
        ['id'] | ['n']      | 'x'       | []        | "no column 'x'"
        ['id'] | ['n']      | null      | ['y']     | "no column 'y'"
    }

    def "a row that stays locked is a passing failure after two seconds, and nothing is written"() {
        given:
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items values (1, 0), (2, 0)'
        def sink = open(['id'], ['n'])
        application.connection.autoCommit = false
        application.execute 'select * from items where id = 2 for update'

        when:
        sink.write([Row.of([id: 1, n: 1]), Row.of([id: 2, n: 1])])

        then:
        def failure = thrown TransientFailure
        failure.message.startsWith('updating public.items in ')
        failure.message.contains('lock timeout')

        cleanup:
        application.rollback()
        application.connection.autoCommit = true
        assert application.rows('select n from items')*.n == [0, 0]
    }

    def "what is written in a transaction of others counts only when that commits"() {
        given:
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items values (1, 0)'
        def sink = open(['id'], ['n'])
        def n = { application.firstRow('select n from items').n }

        when:
        def transaction = sink.database().begin()
        sink.write([Row.of([id: 1, n: 1])], transaction)

        then:
        n() == 0

        when:
        transaction.commit()
        transaction.close()

        then:
        n() == 1
    }

    private void waitUntilBlocked() {
        def deadline = System.nanoTime() + 10_000_000_000L
        PostgresServer.sql(settings).withCloseable { watcher ->
            while (!watcher.firstRow("select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'backfill' and datname = current_database()")) {
                assert System.nanoTime() < deadline
            }
        }
    }

    private UpdateSink open(List<String> key, List<String> columns, String whereNull = null, List<String> returning = []) {
        UpdateSink.open(database, new Update(TableName.of('items'), key, [], columns, Optional.ofNullable(whereNull), returning))
    }

    private static List<WriteStatus> fates(WriteResult outcome) {
        SinkContract.fates(outcome)
    }
}
