package dev.backfill.postgres.read

import dev.backfill.connector.FatalFailure
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

class ColumnLookupSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute '''create table products (id text primary key, ref uuid unique, number bigint, name text, source text)'''
        application.execute '''insert into products select 'p' || n, ('00000000-0000-0000-0000-00000000000' || n)::uuid, n % 3, 'name ' || n,
            case when n > 2 then 'new' else 'old' end from generate_series(1, 4) as n'''
    }

    def "rows are found by the very texts that were asked for"() {
        when:
        def found = open(by, ['name'], []).find(asked)

        then:
        found.collectEntries { value, row -> [value, row.name] } == names

        where:
        by   | asked                                                                  | names
        'id' | ['p1', 'p3', 'nowhere', '']                                            | [p1: 'name 1', p3: 'name 3']
        'id' | []                                                                     | [:]
        'ref' | ['00000000-0000-0000-0000-00000000000A', '00000000-0000-0000-0000-000000000001'] | ['00000000-0000-0000-0000-000000000001': 'name 1']
        'number' | ['0', 'zero', '99999999999999999999', '2 or true']                 | ['0': 'name 3']
    }

    def "without a selection a found row has the column alone, and may be there more than once"() {
        when:
        def found = open('number', [], []).find(['1', '7'])

        then:
        found.keySet() == ['1'] as Set
        found['1'] == [number: 1L]
    }

    def "a condition narrows down which rows there are"() {
        expect:
        open('number', ['name'], ["source = 'new'", "'?' <> name"]).find(['1']).values()*.name == ['name 4']
    }

    def "a condition that fails on a row that was asked for is an error, whatever else was asked for"() {
        when:
        open('id', ['name'], ['1 / (number - 1) < 5']).find(['p1', 'p2'])

        then:
        def failure = thrown FatalFailure
        failure.message.contains('division by zero')
    }

    def "two rows of one value are an error that names it"() {
        when:
        open('number', ['name'], []).find(['0', '1'])

        then:
        def failure = thrown FatalFailure
        failure.message.startsWith("more than one row of public.products has number = '1'")
    }

    def "an unknown column is refused when it is opened"() {
        when:
        open(by, selected, [])

        then:
        def failure = thrown FatalFailure
        failure.message.contains("did you mean 'name'?")

        where:
        by     | selected
        'nmae' | []
        'id'   | ['nam']
    }

    private ColumnLookup open(String by, List<String> selected, List<String> conditions) {
        ColumnLookup.open(database, TableName.of('products'), by, selected, conditions)
    }
}
