package dev.backfill.postgres.write

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.AppendOnlySinkContract
import dev.backfill.connector.Row
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared

/** What every sink promises that resumes at a position, for rows that are replaced at the end. */
class ReplacingSinkContractSpec extends AppendOnlySinkContract {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)

    def setup() {
        application.execute 'drop table if exists stock; drop schema if exists backfill cascade'
        application.execute 'create table stock (product text primary key, quantity int not null, updated_by text)'
        application.execute "insert into stock values ('before', 1, 'api'), ('by hand', 7, 'ops')"
    }

    @Override
    AppendOnlySink open() {
        new ReplacingSink(UpsertSink.open(database, Upsert.of(TableName.of('stock'), ['product'], ['quantity', 'updated_by'])), "updated_by = 'api'")
    }

    /** Whatever happens, nobody else's row goes. */
    @Override
    List<String> held() {
        assert application.firstRow("select count(*) as n from stock where updated_by = 'ops'").n == 1
        application.rows("select product from stock where updated_by = 'api' order by product")*.product
    }

    @Override
    Row record(String key) { row(key, 2) }

    @Override
    Row rejected(String key) { row(key, 'no number') }

    private static Row row(String key, Object quantity) { Row.of([product: key, quantity: quantity, updated_by: 'api']) }

    def "an unfinished run leaves the rows that are there"() {
        given:
        def sink = open()
        sink.truncateTo('')
        sink.write([record('a')])
        sink.close()

        expect:
        held() == ['before']
    }
}
