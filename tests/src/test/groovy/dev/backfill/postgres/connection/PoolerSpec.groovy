package dev.backfill.postgres.connection

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Row
import dev.backfill.connector.SourceContract
import dev.backfill.postgres.Pooler
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.read.KeysetSource
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** Through a pooler that lends a connection for one transaction, so that each may come to another session. */
@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PoolerSpec extends Specification {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared pooled = Pooler.before(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(pooled, 4)

    def setupSpec() {
        application.execute 'create table items (id int primary key, n int)'
        application.execute 'insert into items select id, 0 from generate_series(1, 400) as id'
    }

    def "four at a time read and write through three sessions, again and again"() {
        given:
        def source = KeysetSource.open(database, TableName.of('items'), ['id'], ['id', 'n'], [])
        def sink = UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], ['n'], Optional.empty(), ['n']))
        def pool = Executors.newFixedThreadPool(4)
        def rows = SourceContract.walk(source, 7).collectMany { it.rows() }

        when:
        def writes = (0..3).collect { worker ->
            { -> (1..25).collect { sink.write(mine(rows, worker, it)).count(WriteStatus.WRITTEN) } } as Callable
        }
        def written = pool.invokeAll(writes).collect { it.get() }

        then:
        rows.size() == 400
        written == [[100] * 25] * 4
        application.firstRow('select count(*) as rows, sum(n) as sum from items').values().toList() == [400, 400 * 25]

        cleanup:
        pool?.shutdownNow()
    }

    def "no setting of a transaction stays in the session for its next client"() {
        given:
        database.begin().withCloseable { it.commit() }
        database.read('looking') { null }
        def raw = PostgresServer.straight(pooled)

        expect:
        raw.firstRow("select current_setting('lock_timeout') || current_setting('statement_timeout') || current_setting('transaction_read_only') as all").all == '00off'

        cleanup:
        raw?.close()
    }

    private static List<Row> mine(List<Row> rows, int worker, int n) {
        rows.findAll { it.id % 4 == worker }.collect { it.with([n: n]) }
    }
}
