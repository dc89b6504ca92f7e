package dev.backfill.postgres.connection

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Row
import dev.backfill.connector.Scope
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.plan.Secret
import dev.backfill.postgres.EveryType
import dev.backfill.postgres.Pooler
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification

/** Whatever is set for a user or a database: values are the same, and what the user's applications have stays. */
class SessionSettingsSpec extends Specification {
    private static final Map<String, String> HOSTILE = [
        extra_float_digits: '-15', intervalstyle: 'sql_standard', datestyle: "'German, DMY'", bytea_output: 'escape',
        standard_conforming_strings: 'off', array_nulls: 'off', xmloption: 'document', timezone: "'America/Santiago'", quote_all_identifiers: 'on',
    ]

    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared types = new EveryType(application)
    @AutoCleanup PostgresDatabase database

    def setupSpec() {
        application.execute 'create role guest_of_settings login superuser'
        application.execute 'create role plain_guest login'
        application.execute 'grant all on schema public to plain_guest'
    }

    def cleanup() {
        application.execute "alter database ${settings.database()} reset all".toString()
        ['guest_of_settings', 'plain_guest'].each { role ->
            application.execute "alter role $role reset all".toString()
            application.execute "alter role $role in database ${settings.database()} reset all".toString()
        }
    }

    def cleanupSpec() {
        application.execute 'drop owned by plain_guest'
        application.execute 'drop role guest_of_settings, plain_guest'
    }

    def "every type as #shape is copied without a difference under #setting"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copied', shape)
        names.each { application.execute "alter database ${settings.database()} set $it = ${HOSTILE[it]}".toString() }
        database = PostgresDatabase.open(settings, 2)

        when:
        def rows = rows('original', types.columns())
        def sink = UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns()))
        sink.write(rows)

        then:
        types.differences('original', 'copied') == []
        SinkContract.fates(sink.write(rows)).every { it == WriteStatus.UNCHANGED }

        where:
        [shape, names] << [['scalar', 'array', 'composite_array'], [HOSTILE.keySet()]].combinations() + HOSTILE.keySet().collect { ['scalar', [it]] }
        setting = names.size() > 1 ? 'all of them' : names[0]
    }

    @IgnoreIf(value = { !Pooler.program() }, reason = Pooler.HOW)
    def "the same through a pooler, where another client has changed the session that it lends"() {
        given:
        types.createFilled('original', 'array')
        types.createEmpty('copied', 'array')
        def pooled = Pooler.before(PostgresServer.settings(settings.database()))
        def other = PostgresServer.straight(pooled)
        (HOSTILE - [datestyle: HOSTILE.datestyle]).each { name, value -> other.execute "set $name = $value".toString() }
        other.execute 'set search_path = "Odd names"'
        database = PostgresDatabase.open(pooled, 2)

        when:
        def rows = rows('original', types.columns())
        UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns())).write(rows)

        then:
        types.differences('original', 'copied') == []
        show('search_path') == '"$user", public'

        cleanup:
        (HOSTILE.keySet() - 'datestyle' + 'search_path').each { other?.execute "reset $it".toString() }
        other?.close()
    }

    def "a transaction has the time zone that the user's own session has: #expected, where #statements"() {
        given:
        statements.each { application.execute it.replace('DATABASE', settings.database()) }
        database = PostgresDatabase.open(of(role), 2)

        expect:
        show('TimeZone') == expected
        database.begin().withCloseable { show(it.connection(), 'TimeZone') } == expected

        where:
        role                | statements                                                                                                                                                                                       || expected
        'guest_of_settings' | []                                                                                                                                                                                               || 'Etc/UTC'
        'plain_guest'       | []                                                                                                                                                                                               || 'Etc/UTC'
        'plain_guest'       | ["alter database DATABASE set timezone = 'Asia/Tokyo'"]                                                                                                                                        || 'Asia/Tokyo'
        'plain_guest'       | ["alter database DATABASE set timezone = 'Asia/Tokyo'", "alter role plain_guest set timezone = 'America/Santiago'"]                                                                            || 'America/Santiago'
        'plain_guest'       | ["alter role plain_guest in database DATABASE set \"TimeZone\" = 'Asia/Kolkata'", "alter database DATABASE set timezone = 'Asia/Tokyo'", "alter role plain_guest set timezone = 'America/Santiago'"] || 'Asia/Kolkata'
        'plain_guest'       | ["alter role guest_of_settings set timezone = 'America/Santiago'"]                                                                                                                              || 'Etc/UTC'
    }

    def "touching a timestamp without a zone writes the time of the user's zone"() {
        given:
        application.execute 'create table if not exists touched (id int primary key, name text, updated_at timestamp, added_at timestamp default now())'
        application.execute 'truncate touched'
        application.execute "alter database ${settings.database()} set timezone = 'America/Santiago'".toString()
        database = PostgresDatabase.open(settings, 2)

        when:
        UpsertSink.open(database, Upsert.of(TableName.of('touched'), ['id'], ['name']).touching(['updated_at'])).write([Row.of([id: 1, name: 'one'])])

        then:
        application.firstRow("""select updated_at = added_at and abs(extract(epoch from updated_at - (now() at time zone 'America/Santiago'))) < 600 as same
            from touched""").same
    }

    def "a text without a zone means UTC in whatever zone the user is: #text"() {
        given:
        application.execute 'create table if not exists times (id int primary key, at timestamptz, clock timetz, several timestamptz[])'
        application.execute 'truncate times'
        application.execute "alter database ${settings.database()} set timezone = 'America/Santiago'".toString()
        database = PostgresDatabase.open(settings, 2)

        when:
        UpsertSink.open(database, Upsert.of(TableName.of('times'), ['id'], ['at', 'clock', 'several'])).write([Row.of([id: 1, at: text, clock: '10:00', several: [text]])])

        then:
        application.firstRow("select at = cast(? as timestamptz) and several[1] = at and clock = '10:00+00' as same from times", [meant]).same

        where:
        text                             | meant
        '2024-01-01 10:00'               | '2024-01-01 10:00:00+00'
        '2024-01-01T10:00:00.123456'     | '2024-01-01 10:00:00.123456+00'
        '2024-01-01'                     | '2024-01-01 00:00:00+00'
        '20240101T101010'                | '2024-01-01 10:10:10+00'
        '2024-01-01 10:00 PM'            | '2024-01-01 22:00:00+00'
        '0044-03-15 10:00:00 BC'         | '0044-03-15 10:00:00+00 BC'
        '2024-01-01T10:00:00Z'           | '2024-01-01 10:00:00+00'
        '2024-01-01 10:00-03'            | '2024-01-01 13:00:00+00'
        '2024-01-01 10:00 +05:30'        | '2024-01-01 04:30:00+00'
        '2024-01-01 10:00 Asia/Tokyo'    | '2024-01-01 01:00:00+00'
        '0044-03-15 10:00:00-03 BC'      | '0044-03-15 13:00:00+00 BC'
        'infinity'                       | 'infinity'
    }

    def "the search path is the user's own, as it was when the database was opened"() {
        given:
        application.execute 'create schema if not exists first_schema'
        application.execute 'create schema if not exists "it\'s \\\\ odd"'
        application.execute "alter role guest_of_settings set search_path = first_schema, \"it's \\\\ odd\"".toString()
        database = PostgresDatabase.open(of('guest_of_settings'), 2)
        application.execute 'alter role guest_of_settings set search_path = public'

        expect:
        show('search_path') == 'first_schema, "it\'s \\\\ odd"'
    }

    def "a text that ends a literal early where backslashes escape is still a text: #from"() {
        given:
        application.execute 'create table if not exists words (word text collate "C" primary key)'
        application.execute "insert into words values ('a'), ('z') on conflict do nothing"
        application.execute "alter database ${settings.database()} set standard_conforming_strings = off".toString()
        database = PostgresDatabase.open(settings, 2)
        def source = KeysetSource.open(database, TableName.of('words'), ['word'], ['word'], [])

        expect:
        SourceContract.walk(source.filter(new Scope(Optional.of(from), Optional.empty(), Optional.empty())), 10).collectMany { it.rows() }*.word == ['z']

        where:
        from << ['b\\', "b\\' as text)) or true --", "b\\\\'' or true --"]
    }

    private List<Row> rows(String table, List<String> columns) {
        SourceContract.walk(KeysetSource.open(database, TableName.of(table), ['id'], columns, []), 4).collectMany { it.rows() }
    }

    private String show(String name) {
        database.read('reading a setting') { show(it, name) }
    }

    private static String show(java.sql.Connection connection, String name) {
        def rows = connection.createStatement().executeQuery("show $name")
        rows.next()
        rows.getString(1)
    }

    private ConnectionSettings of(String role) {
        new ConnectionSettings('127.0.0.1', PostgresServer.port(), settings.database(), role, new Secret('DB_PASSWORD', 'any'), [:])
    }
}
