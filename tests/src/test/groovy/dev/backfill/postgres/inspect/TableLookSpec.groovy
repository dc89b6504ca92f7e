package dev.backfill.postgres.inspect

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Diagnostic
import dev.backfill.connector.Inspectable
import dev.backfill.plan.Secret
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.ColumnLookup
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import static dev.backfill.connector.Diagnostic.Severity.INFO
import static dev.backfill.connector.Diagnostic.Severity.DETAIL
import static dev.backfill.connector.Diagnostic.Severity.PROBLEM
import static dev.backfill.connector.Diagnostic.Severity.WARNING

class TableLookSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @AutoCleanup PostgresDatabase database

    def setup() {
        sql.execute 'drop schema public cascade'
        sql.execute 'create schema public'
        sql.execute 'grant usage on schema public to public'
        sql.execute 'create table items (id text primary key, name text not null, price int, updated_at timestamptz default now())'
        database = PostgresDatabase.open(settings, 3)
    }

    private PostgresDatabase guest() {
        sql.execute "do \$\$ begin create role guest login password 'guest'; exception when duplicate_object then null; end \$\$"
        database.close()
        database = PostgresDatabase.open(new ConnectionSettings(settings.host(), settings.port(), settings.database(), 'guest', new Secret('P', 'guest'), [:]), 3)
    }

    private static List<String> told(Inspectable thing, Diagnostic.Severity severity) {
        thing.inspect().findAll { it.severity() == severity }*.text()
    }

    private KeysetSource source() {
        KeysetSource.open(database, TableName.of('items'), ['id'], ['name'], [])
    }

    private UpdateSink update(String... columns) {
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], columns as List, Optional.empty(), []))
    }

    private UpsertSink upsert(String... columns) {
        UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], columns as List))
    }

    def "a table that is as it should be has nothing in the way"() {
        expect:
        [source(), update('price'), upsert('name', 'price'), new PostgresStore(database, 'x')].every { told(it, PROBLEM) == [] && told(it, WARNING) == [] }
        told(source(), DETAIL)[0].startsWith('read in the order of id (text), collation ')
        told(update('price'), INFO).any { it.startsWith('updated_at is not written') }
        told(update('price'), DETAIL).any { it.startsWith('locks: ') }
    }

    def "privileges that the user lacks are named, with the grant that gives them"() {
        given:
        sql.execute 'create role guest_reader' // so that a grant elsewhere does not count
        guest()
        sql.execute 'grant select (id) on items to guest'

        expect:
        told(source(), PROBLEM) == ['the user guest may not read name of public.items; its owner has to run: grant select (name) on "public"."items" to guest']
        told(update('price'), PROBLEM)*.replaceAll(/;.*/, '') == ['the user guest may not read price of public.items', 'the user guest may not update price of public.items']
        told(upsert('name'), PROBLEM)*.replaceAll(/;.*/, '') == [
                'the user guest may not read name of public.items', 'the user guest may not insert id, name of public.items', 'the user guest may not update name of public.items']
        told(new PostgresStore(database, 'x'), PROBLEM) == [
                'for the checkpoint, the user may not make the schema backfill; an administrator has to run: create schema backfill authorization guest']

        cleanup:
        sql.execute 'drop role guest_reader'
    }

    def "rows that no policy lets the user read are refused, and told where the script accepts that"() {
        given:
        guest()
        sql.execute 'grant select on items to guest'
        sql.execute 'alter table items enable row level security'

        when:
        source()

        then:
        def failure = thrown FatalFailure
        failure.message.contains('row security of public.items, without a policy for reading, for the user guest would hide rows without a word')

        when:
        database.acceptingPolicies('none are ours yet').with { database = it }

        then:
        told(source(), WARNING)[0] == 'row security of public.items, without a policy for reading, for the user guest hides rows; the script accepts that: none are ours yet'
    }

    def "what a changed row wakes is told: triggers of its columns, indexes, computed columns"() {
        given:
        sql.execute 'create function touch() returns trigger language plpgsql as $$ begin return new; end $$'
        sql.execute 'create trigger on_any before update on items for each row execute function touch()'
        sql.execute 'create trigger on_price after update of price on items for each row execute function touch()'
        sql.execute 'create trigger on_name after update of name on items for each row execute function touch()'
        sql.execute 'create trigger asleep after update on items for each row execute function touch()'
        sql.execute 'alter table items disable trigger asleep'
        sql.execute 'create trigger on_insert after insert on items for each row execute function touch()'
        sql.execute 'alter table items add twice int generated always as (price * 2) stored'
        sql.execute 'create index by_price on items (price)'

        expect:
        (told(update('price'), WARNING).collect { (it =~ /the trigger (\w+)/)[0][1] }) == ['on_any', 'on_price']
        (told(upsert('name', 'price'), WARNING).collect { (it =~ /the trigger (\w+)/)[0][1] }) == ['on_any', 'on_insert', 'on_name', 'on_price']
        told(update('price'), INFO).contains('1 index contains a changed column (by_price)')
        told(update('price'), INFO).contains('the server computes twice again')
    }

    def "a published table without a replica identity would refuse every update"() {
        given:
        sql.execute 'create publication feed for table items'

        expect:
        told(update('price'), WARNING)[0].contains('subscribe to feed')
        told(update('price'), PROBLEM) == []

        when:
        sql.execute 'alter table items replica identity nothing'

        then:
        told(update('price'), PROBLEM)[0].startsWith('public.items is published by feed without a replica identity')

        cleanup:
        sql.execute 'drop publication feed'
    }

    def "a row that cannot be added for want of a value is found"() {
        expect:
        told(upsert('price'), PROBLEM)[0].startsWith('name of public.items may not be null, has no default and is not written')
    }

    def "a lookup by a column without an index is warned of, when the table is not tiny"() {
        given:
        sql.execute "insert into items select n::text, 'item ' || n, n from generate_series(1, 3000) n"
        sql.execute 'analyze items'
        def lookup = ColumnLookup.open(database, TableName.of('items'), by, ['price'], [])

        expect:
        told(lookup, WARNING)*.contains('run: create index concurrently on "public"."items" ("name")') == warned

        where:
        by     | warned
        'id'   | []
        'name' | [true]
    }

    def "the server tells what it is, and that it may forget"() {
        expect:
        told(database, WARNING)*.replaceAll(/.*runs with fsync=off.*/, 'fsync') == ['fsync']
        told(database, INFO)[0] =~ /\d+ of 300 connections are free, and a run uses up to 3/
        told(database, INFO)[1].startsWith('PostgreSQL 17')
    }

    def "too few connections are a problem"() {
        given:
        guest()
        sql.execute "alter role guest connection limit $limit".toString()

        expect:
        told(database, PROBLEM)*.contains('connections are free') == problem
        told(database, WARNING).any { it.contains('the application may find none') } == warned

        cleanup:
        sql.execute 'alter role guest connection limit -1'

        where:
        limit | problem | warned
        1     | [true]  | false
        2     | []      | true
        4     | []      | true
        50    | []      | false
    }
}
