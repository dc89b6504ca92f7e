package dev.backfill.postgres.limit

import dev.backfill.connector.FatalFailure
import dev.backfill.postgres.PostgresServer
import dev.backfill.run.OpenResources
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Specification

class MeasuresSpec extends Specification {
    def settings = PostgresServer.database()
    @AutoCleanup Sql sql = PostgresServer.sql(settings)
    @AutoCleanup OpenResources resources = new OpenResources(2)

    def "without a replica there is no lag"() {
        given:
        def lag = new LagDefinition(settings).open(resources)

        expect:
        lag.read() == 0
        lag.read() == 0
    }

    def "a query of the author's gives a number, and none is 0"() {
        given:
        sql.execute 'create table health (lag numeric)'
        sql.execute 'insert into health values (null)'
        def measure = new QueryMeasureDefinition(settings, 'select lag from health').open(resources)

        expect:
        measure.read() == 0

        when:
        sql.execute 'update health set lag = 2.5'

        then:
        measure.read() == 2.5d
    }

    def "a query that gives no number is told with its text"() {
        when:
        new QueryMeasureDefinition(settings, query).open(resources).read()

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains(query)

        where:
        query << ['select 1 where false', 'select lag from nowhere', 'delete from pg_class']
    }
}
