package dev.backfill.postgres

import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** The reference itself: what the server copies is the same to the last bit, and a single altered value is seen. */
class EveryTypeSpec extends Specification {
    @Shared @AutoCleanup Sql server = PostgresServer.sql(PostgresServer.database())
    @Shared types = new EveryType(server)

    def "the server's own copy of every type as #shape has no difference, and one altered value is one"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copied', shape)

        when:
        server.execute 'insert into copied select * from original'

        then:
        types.differences('original', 'copied') == []

        when:
        server.execute 'update copied set int4 = (select int4 from original where id = 2) where id = 1'

        then:
        types.differences('original', 'copied').size() == 1

        where:
        shape << EveryType.SHAPES
    }

    def "nothing is left out by accident"() {
        expect:
        types.names.size() >= EveryType.EDGES.size() - 2
        EveryType.EDGES.keySet().collect { EveryType.column(it) }.toSet().size() == EveryType.EDGES.size()
    }
}
