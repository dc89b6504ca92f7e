package dev.backfill.postgres.read

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Diagnostic
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class MaterializedViewSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def cleanup() {
        application.execute 'drop materialized view if exists items'
    }

    def "a materialized view is read by a unique index, in #wanted splits, with #conditions"() {
        given:
        view 'select n as id, n % 7 as rest from generate_series(1, 500) as n', 'id'
        def source = open(['id'], conditions)

        expect:
        source.splits(wanted).collectMany { split ->
            SourceContract.walk(source, 60, split, split.after()).collectMany { it.rows() }*.id
        } == read
        source.inspect()*.severity() == [Diagnostic.Severity.DETAIL, Diagnostic.Severity.INFO]
        source.identity().startsWith('public.items of database ')

        where:
        wanted | conditions   || read
        1      | []           || (1..500).toList()
        3      | []           || (1..500).toList()
        1      | ['rest = 0'] || (7..497).step(7)
    }

    def "it is read by a key of two columns"() {
        given:
        view 'select n / 10 as a, n % 10 as b from generate_series(0, 49) as n', 'a, b'

        expect:
        SourceContract.walk(open(['a', 'b']), 7).collectMany { it.rows() }.collect { it.a * 10 + it.b } == (0..49).toList()
    }

    def "rows without a key, which a unique index allows, are no reason to skip them: #key"() {
        given:
        view 'select n as a, nullif(n, 5) as b from generate_series(1, 9) as n', key

        when:
        open(key.split(', ').toList())

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith('public.items cannot be read by ')
        failure.message.endsWith("some of its rows have no b, and they would never be read; leave them out in the view's query, or take another key")

        where:
        key << ['b', 'a, b']
    }

    def "without a unique index it is refused with the index to make"() {
        given:
        application.execute 'create materialized view items as select 1 as id'

        when:
        open(['id'])

        then:
        def failure = thrown FatalFailure
        failure.message.contains('no unique index has exactly these columns')
    }

    def "values are looked up in it"() {
        given:
        view "select n as id, 'name ' || n as name from generate_series(1, 9) as n", 'id'

        expect:
        ColumnLookup.open(database, TableName.of('items'), 'id', ['name'], []).find(['3', '10']).collectEntries { key, row -> [key, row.name] } == ['3': 'name 3']
    }

    def "nothing is written to it, for a reason that is true"() {
        given:
        view 'select n as id, n as size from generate_series(1, 9) as n', 'id'

        when:
        UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['size'], Optional.empty(), []))

        then:
        def failure = thrown FatalFailure
        failure.message == "items is a materialized view, whose rows come from its query alone: nothing can be written to it; " +
            'write to the tables under it, then run refresh materialized view "items"'
    }

    private void view(String query, String key) {
        application.execute "create materialized view items as $query".toString()
        application.execute "create unique index on items ($key)".toString()
    }

    private Source open(List<String> key, List<String> conditions = []) {
        KeysetSource.open(database, TableName.of('items'), key, key, conditions)
    }
}
