package dev.backfill.postgres.write

import dev.backfill.connector.Fate
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
        SinkContract.fates(outcome) == [Fate.WRITTEN, Fate.UNCHANGED, Fate.WRITTEN]
        application.rows('select id::int as id, name, note from items order by id')*.values()*.toList() ==
            [[1, 'new', 'mine'], [2, 'same', 'mine'], [3, 'added', 'kept']]
    }

    def "keys alone are added where they are not yet"() {
        given:
        application.execute "insert into items (tenant, id) values ('t', 1)"

        expect:
        SinkContract.fates(open('tenant', 'id').write([Row.of([tenant: 't', id: 1]), Row.of([tenant: 't', id: 2])])) == [Fate.UNCHANGED, Fate.WRITTEN]
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
        UpsertSink.open(database, TableName.of('items'), ['id'], ['name'])

        then:
        def failure = thrown FatalFailure
        failure.message.contains("use key('tenant', 'id'), or run create unique index concurrently")
    }

    private UpsertSink open(String... columns) {
        UpsertSink.open(database, TableName.of('items'), ['tenant', 'id'], columns.toList())
    }

    private static Row record(Object id, String name, List<String> tags) {
        Row.of([tenant: 't', id: id, name: name, tags: tags])
    }
}
