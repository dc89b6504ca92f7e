package dev.backfill.postgres

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.ReplacingSink
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** A table is copied to another as the server itself would do it: the two are compared inside the server, bit by bit. */
class EveryTypeCopySpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql server = PostgresServer.sql(settings)
    @Shared types = new EveryType(server)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def "an upsert of every type as #shape leaves what the server's own copy would, and has nothing to do again"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copied', shape)

        when:
        def rows = read(database)
        def sink = UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns()))
        def outcome = sink.write(rows)

        then:
        same(outcome, WriteStatus.WRITTEN, rows)
        types.differences('original', 'copied') == []
        same(sink.write(rows), WriteStatus.UNCHANGED, rows)
        same(sink.preview(rows), WriteStatus.UNCHANGED, rows)

        where:
        shape << EveryType.SHAPES
    }

    def "rows of every type as #shape that are replaced at the end are what the server's own copy would leave"() {
        given:
        types.createFilled('original', shape)
        types.createFilled('copied', shape)
        server.execute 'update copied set id = id + 1000'

        when:
        def rows = read(database)
        def upsert = Upsert.of(TableName.of('copied'), ['id'], types.columns())
        def sink = new ReplacingSink(UpsertSink.open(database, upsert), 'true')
        sink.truncateTo('')
        rows.collate(7).each { same(sink.write(it), WriteStatus.WRITTEN, it) }
        sink.publish(Row.of([:]))
        sink.cleanUp()

        then:
        types.differences('original', 'copied') == []

        where:
        shape << EveryType.SHAPES
    }

    def "an update of every type as #shape leaves what the server's own would, and gives back what it wrote"() {
        given:
        types.createFilled('original', shape)
        types.createEmpty('copied', shape)
        server.execute 'insert into copied (id) select id from original'

        when:
        def rows = read(database)
        def update = new Update(TableName.of('copied'), ['id'], [], types.columns(), Optional.empty(), types.columns())
        def sink = UpdateSink.open(database, update)
        def outcome = sink.write(rows)

        then:
        same(outcome, WriteStatus.WRITTEN, rows.findAll { row -> types.columns().any { row[it] != null } })
        types.differences('original', 'copied') == []

        when:
        def back = (0..<rows.size()).collect { outcome.record(it) }
        types.createEmpty('copied', shape)
        UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns())).write(back)

        then:
        types.differences('original', 'copied') == []
        same(sink.write(rows), WriteStatus.UNCHANGED, rows)

        where:
        shape << EveryType.SHAPES
    }

    def "an element of an array is what the same value is alone, for every type"() {
        given:
        types.createFilled('original', 'scalar')
        def scalars = read(database)
        types.createFilled('original', 'array')
        def arrays = read(database)

        expect:
        types.names.findAll { type ->
            def column = EveryType.column(type)
            def alone = scalars.take(EveryType.EDGES[type].size()).collect { it[column] } + null
            arrays[0][column] != alone || arrays[0][column]*.class != alone*.class || arrays[1][column] != [] ||
                arrays[2][column] != [[alone[0], alone[1]], [null, alone[0]]] || arrays[3][column] != alone.take(2)
        } == []
    }

    def "a list that a script makes is written like the array of the server"() {
        given:
        types.createFilled('original', 'array')
        server.execute 'delete from original where id > 3' // no list says from which number it counts
        types.createEmpty('copied', 'array')
        def rows = read(database).collect { row -> row.with(types.columns().collectEntries { [it, new ArrayList(row[it] as List)] }) }

        when:
        UpsertSink.open(database, Upsert.of(TableName.of('copied'), ['id'], types.columns())).write(rows)

        then:
        types.differences('original', 'copied') == []
    }

    /** Says no more than the fates if they are others: the rows are large. */
    private static boolean same(WriteResult outcome, WriteStatus fate, List<Row> rows) {
        def fates = SinkContract.fates(outcome)
        assert fates.count(fate) == rows.size()
        true
    }

    private List<Row> read(PostgresDatabase from) {
        SourceContract.walk(KeysetSource.open(from, TableName.of('original'), ['id'], types.columns(), []), 4).collectMany { it.rows() }
    }
}
