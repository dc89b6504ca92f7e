package dev.backfill.postgres

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Previewable
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** What validation compares with: one altered value is found, of whichever type it is. */
class EveryTypeComparedSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql server = PostgresServer.sql(settings)
    @Shared types = new EveryType(server)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def "after the server's own copy every row as #shape agrees, and each type's altered value is found"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copied', shape)
        server.execute 'insert into copied select * from original'
        def source = KeysetSource.open(database, TableName.of('original'), ['id'], types.columns(), [])
        def rows = SourceContract.walk(source, 4).collectMany { it.rows() }
        def sinks = [UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns())),
                     UpdateSink.open(database, new Update(TableName.of('copied'), ['id'], [], types.columns(), Optional.of(types.columns()[0]), []))]

        expect:
        sinks.every { differing(it, rows) == [] }

        when:
        def missed = types.columns().findAll { column ->
            def id = server.firstRow("select min(id) as id from original where \"$column\" is not null".toString()).id
            def other = server.firstRow("select min(id) as id from original where \"$column\"::text is distinct from (select \"$column\"::text from original where id = $id)".toString()).id
            alter column, id as long, other as long
            def found = sinks.collect { differing(it, rows) }
            alter column, id as long, id as long
            found != [[id], [id]]
        }

        then:
        missed == []
        sinks.every { differing(it, rows) == [] }

        where:
        shape << ['scalar', 'array', 'domain', 'composite']
    }

    private void alter(String column, long id, long other) {
        server.execute "update copied set \"$column\" = (select \"$column\" from original where id = $other) where id = $id".toString()
    }

    private static List<Object> differing(Previewable sink, List<Map> rows) {
        def outcome = sink.compare(rows)
        (0..<rows.size()).findAll { outcome.status(it) != WriteStatus.UNCHANGED }.collect { rows[it].id }
    }
}
