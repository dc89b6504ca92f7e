package dev.backfill.postgres.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class UpsertSinkSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setup() {
        application.execute 'drop table if exists items'
        application.execute 'create table items (tenant text, id numeric, name varchar(20), tags text[], note text default \'kept\', primary key (tenant, id))'
    }

    def "rows are added, changed, or left as they are, and other columns stay"() {
        given:
        application.execute "insert into items values ('t', 1, 'old', '{a}', 'mine'), ('t', 2, 'same', '{a,b}', 'mine')"

        when:
        def outcome = open('tenant', 'name', 'tags').write([record(1, 'new', ['a']), record(2.0, 'same', ['a', 'b']), record(3, 'added', null)])

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        application.rows('select id::int as id, name, note from items order by id')*.values()*.toList() ==
            [[1, 'new', 'mine'], [2, 'same', 'mine'], [3, 'added', 'kept']]
    }

    def "keys alone are added where they are not yet"() {
        given:
        application.execute "insert into items (tenant, id) values ('t', 1)"

        expect:
        SinkContract.fates(open('tenant', 'id').write([Row.of([tenant: 't', id: 1]), Row.of([tenant: 't', id: 2])])) == [WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
    }

    def "a record whose column must not be null fails the whole"() {
        given:
        application.execute 'alter table items alter column name set not null'

        when:
        open('name').write([Row.of([tenant: 't', id: 1, name: 'x']), Row.of([tenant: 't', id: 2, name: null])])

        then:
        def failure = thrown RejectedFailure
        failure.message.startsWith('adding to public.items in ')
        application.rows('select 1 from items').empty
    }

    def "a key without an index of exactly its columns is refused when it is opened"() {
        when:
        UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], ['name']))

        then:
        def failure = thrown FatalFailure
        failure.message.contains("use key('tenant', 'id'), or run create unique index concurrently")
    }

    def "added rows are told from changed ones"() {
        given:
        application.execute "insert into items values ('t', 1, 'old', '{a}', 'mine')"

        when:
        def outcome = open('tenant', 'name', 'tags').write([record(1, 'new', ['a']), record(2, 'added', null), record(3, 'added', null)])

        then:
        outcome.countAdded() == 2
        open('tenant', 'name', 'tags').write([record(3, 'changed', null)]).countAdded() == 0
    }

    def "a key with a null, where its column may be null, finds its row again, also twice in a batch"() {
        given:
        application.execute 'drop table items'
        application.execute 'create table items (tenant text not null, id numeric, name text, unique (tenant, id))'
        def records = [[tenant: 't', id: null, name: 'a'], [tenant: 't', id: 1, name: 'b'], [tenant: 'u', id: null, name: 'c'], [tenant: 't', id: null, name: 'd']]
                .collect { Row.of(it) }

        when:
        def outcome = open('name').write(records)

        then:
        outcome.countAdded() == 3
        application.rows('select tenant, id::int as id, name from items order by 1, 2')*.values()*.toList() == [['t', 1, 'b'], ['t', null, 'd'], ['u', null, 'c']]

        when:
        def again = open('name').write(records)

        then:
        SinkContract.fates(again) == [WriteStatus.UNCHANGED] * 4
        SinkContract.fates(open('name').write([Row.of([tenant: 'u', id: null, name: 'new'])])) == [WriteStatus.WRITTEN]
        application.firstRow('select count(*) as n from items').n == 3
    }

    def "a null in a key whose column must have a value is refused alone"() {
        expect:
        SinkContract.fates(open('name').write([Row.of([tenant: 't', id: null, name: 'a']), Row.of([tenant: 't', id: 1, name: 'b'])])) == [WriteStatus.REJECTED, WriteStatus.WRITTEN]
    }

    def "a look tells what would be added or changed, and what is held, and changes nothing"() {
        given:
        application.execute "insert into items values ('t', 1, 'old', '{a}', 'mine'), ('t', 2, 'same', '{a}', 'mine')"
        def records = [record(1, 'new', ['a']), record(2, 'same', ['a']), record(3, 'added', null)]
        def before = application.rows('select * from items order by id')*.toString()

        when:
        def outcome = open('name').preview(records)

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        outcome.countAdded() == 1
        open('name').held(records) == [[name: 'old'], [name: 'same'], null]
        application.rows('select * from items order by id')*.toString() == before
    }

    def "columns to touch get the time of a change, and only of a change"() {
        given:
        application.execute "alter table items add column at timestamptz"
        def sink = UpsertSink.open(database, Upsert.of(TableName.of('items'), ['tenant', 'id'], ['name']).touching(['at']))
        sink.write([record(1, 'a', null), record(2, 'b', null)])
        application.execute "update items set at = '2020-01-01Z'"

        when:
        sink.write([record(1, 'a', null), record(2, 'changed', null)])

        then:
        application.rows("select id::int as id from items where at > '2021-01-01Z'")*.id == [2]
    }

    private UpsertSink open(String... columns) {
        UpsertSink.open(database, Upsert.of(TableName.of('items'), ['tenant', 'id'], columns.toList()))
    }

    private static Row record(Object id, String name, List<String> tags) {
        Row.of([tenant: 't', id: id, name: name, tags: tags])
    }
}
