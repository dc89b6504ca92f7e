package dev.backfill.postgres

import dev.backfill.checkpoint.TransactionalStore
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.plan.Secret
import dev.backfill.plan.Settings
import dev.backfill.plan.WordProvider
import dev.backfill.run.OpenResources
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class PostgresWordsSpec extends Specification {
    @Shared server = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(server)
    @AutoCleanup OpenResources resources = new OpenResources(4)

    def "a script's words read, find and write a table"() {
        given:
        application.execute 'create table products (id text primary key, deleted_at bigint)'
        application.execute "insert into products values ('a', null), ('b', 7), ('c', null)"
        def products = words(variables()).postgres().table('public.products').key('id')

        when:
        def rows = SourceContract.walk(products.select('id', 'deleted_at').open(resources), 2).collectMany { it.rows() }
        def update = products.update('deleted_at').whereNull('deleted_at').returning('deleted_at')
        def outcome = update.open(resources).write(rows.collect { it.with([deleted_at: 0]) })

        then:
        rows*.id == ['a', 'b', 'c']
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        outcome.record(1).deleted_at == 7
        products.by('id').select('deleted_at').open(resources).find(['a', 'b', 'x']).collectEntries { [it.key, it.value.deleted_at] } == [a: 0, b: 7]
        products.by('id').open(resources).find(['a', 'x']).keySet() == ['a'] as Set
        products.where('deleted_at = 7').select('id').open(resources).splits(1).first().rows().asLong == 1
        SinkContract.fates(products.upsert('deleted_at').open(resources).write(rows)) == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
        update.title() == 'public.products in PostgreSQL'
        products.by('id').title() == 'public.products by id in PostgreSQL'
    }

    def "a database is reached once, whichever way the script names it"() {
        given:
        def url = "postgres://postgres:postgres@127.0.0.1:${server.port()}/${server.database()}?connect_timeout=10".toString()
        def words = words(variables())

        expect:
        words.postgres().dataSource(resources).is(words.postgres(new Secret('URL', url)).dataSource(resources))
    }

    def "a script may ask in SQL of its own"() {
        expect:
        new Sql(words(variables()).postgres().dataSource(resources)).firstRow('select 1 as one').one == 1
    }

    def "a database keeps checkpoints, in the transaction of its own data"() {
        given:
        def database = words(variables()).postgres()
        def sink = database.table('public.notes').key('id').update('text')
        application.execute 'create table notes (id int primary key, text text)'

        when:
        def store = database.open(resources, 'notes')

        then:
        store.read().epoch() == 0
        store instanceof TransactionalStore
        store.database() == sink.open(resources).database()
        database.title().contains(server.title())
    }

    def "replaceWhere with words that look for other rows is an error, and not left out: #other"() {
        given:
        application.execute 'create table if not exists places (id int primary key, name text)'
        def upsert = words(variables()).postgres().table('places').key('id').upsert('name')."$other"('name').replaceWhere("name = 'x'")

        when:
        upsert.open(resources)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('replaceWhere(…) cannot be combined with fallbackKey(…) or suffixDuplicates(…)')

        where:
        other << ['fallbackKey', 'suffixDuplicates']
    }

    def "a condition for rows that are replaced must be one of its own: #condition"() {
        given:
        application.execute 'create table if not exists places (id int primary key, name text)'

        when:
        words(variables()).postgres().table('places').key('id').upsert('name').replaceWhere(condition).open(resources)

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("reading the condition '$condition' of places: ")

        where:
        condition << ['true) or (true', 'id > 3) or (id > 0', 'true); commit; select (true', 'true; select 1', 'true /* open', 'id = 1 order by id']
    }

    def "all that is missing is told at once, and nothing is connected to"() {
        given:
        def settings = new Settings([DB_HOST: 'db', DB_PORT: ''])

        when:
        words(settings).postgres().table('products').key('id')

        then:
        settings.problems() == ['missing variables: DB_PORT, DB_DATABASE, DB_USER, DB_PASSWORD; set them in the environment or in a file .env']
    }

    def "what cannot be read is told, and a URL is never printed"() {
        given:
        def settings = new Settings(variables().with { it + [DB_PORT: 'x', DB_SSLMODE: 'on', DB_CONNECTION_TIMEOUT: 'soon'] })

        when:
        words(settings).postgres()
        words(settings).postgres(new Secret('DATABASE_URL', 'mysql://app:hunter2@db/shop'))

        then:
        settings.problems() == ["DB_PORT must be a whole number of at least 1, but is 'x'", "DB_CONNECTION_TIMEOUT must be a number of seconds, but is 'soon'",
            "DB_SSLMODE must be one of disable, allow, prefer, require, verify-ca, verify-full, but is 'on'",
            'DATABASE_URL must be a URL such as postgres://user:password@host:5432/database?sslmode=require']
    }

    def "a name of a table is quoted as it stands"() {
        given:
        application.execute 'create schema "My Schema"'
        application.execute 'create table "My Schema"."Odd.name; drop table x" ("Id" int primary key)'
        application.execute 'insert into "My Schema"."Odd.name; drop table x" values (1)'
        def table = words(variables()).postgres().table('My Schema."Odd.name; drop table x"').key('Id')

        expect:
        SourceContract.walk(table.select('Id').open(resources), 2).collectMany { it.rows() }*.Id == [1]
    }

    def "what is no name of a table is refused at once: #name"() {
        when:
        words(variables()).postgres().table(name)

        then:
        def mistake = thrown IllegalArgumentException
        mistake.message.contains("table('public.products')")

        where:
        name << ['', 'a.b.c', '.a', 'a.', '"a', 'a"b']
    }

    def "an upsert takes no condition"() {
        when:
        words(variables()).postgres().table('products').key('id').where('id > 1').upsert('name')

        then:
        thrown IllegalArgumentException
    }

    private Map<String, String> variables() {
        [DB_HOST: server.host(), DB_PORT: server.port() as String, DB_DATABASE: server.database(), DB_USER: 'postgres', DB_PASSWORD: 'postgres']
    }

    private static PostgresWords words(Map<String, String> variables) {
        words(new Settings(variables))
    }

    private static PostgresWords words(Settings settings) {
        def provider = ServiceLoader.load(WordProvider).find { it.words() == PostgresWords }
        provider.create(settings) as PostgresWords
    }
}
