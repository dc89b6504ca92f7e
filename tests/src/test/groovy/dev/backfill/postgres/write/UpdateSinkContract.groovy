package dev.backfill.postgres.write

import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract
import dev.backfill.postgres.Pooler
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** What every sink promises, for those that write tables. */
abstract class TableSinkContract extends SinkContract {
    @Shared settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(reached(settings), 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    def setupSpec() {
        application.execute 'create table numbers (id text primary key, number int check (number < 1000000), other text)'
    }

    abstract Sink open()

    /** The way that the sink takes to the server. */
    ConnectionSettings reached(ConnectionSettings settings) { settings }

    @Override
    Sink sinkOver(Map<String, Integer> held) {
        application.execute 'truncate numbers'
        application.execute 'insert into numbers select key, value::int from json_each_text(?::json)', [groovy.json.JsonOutput.toJson(held)]
        open()
    }

    @Override
    Map<String, Integer> held() {
        application.rows('select id, number from numbers order by id').collectEntries { [it.id, it.number] }
    }

    @Override
    Row record(String key, Object number) {
        Row.of([number: number, id: key])
    }
}

class UpdateSinkContractSpec extends TableSinkContract {
    Sink open() {
        UpdateSink.open(database, new Update(TableName.of('numbers'), ['id'], [], ['number'], Optional.empty(), []))
    }
}

/** The client takes the value, the server does not. */
class UpdateSinkServerRefusalSpec extends UpdateSinkContractSpec {
    @Override
    Row refused(String key) { record(key, 1_000_000) }
}

class UpsertSinkContractSpec extends TableSinkContract {
    boolean adds() { true }

    Sink open() {
        UpsertSink.open(database, Upsert.of(TableName.of('numbers'), ['id'], ['number']))
    }
}

/** Rows are found by another column where they have no key yet. */
class MatchingSinkContractSpec extends TableSinkContract {
    boolean adds() { true }

    Sink open() {
        MatchingSink.open(database, Upsert.of(TableName.of('numbers'), ['id'], ['number', 'other']).fallbackKey(['other']))
    }

    @Override
    Row record(String key, Object number) { super.record(key, number).with([other: null]) }
}

@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PooledUpdateSinkSpec extends UpdateSinkContractSpec {
    ConnectionSettings reached(ConnectionSettings settings) { Pooler.before(settings) }
}

@Requires(value = { Pooler.program() }, reason = Pooler.HOW)
class PooledUpsertSinkSpec extends UpsertSinkContractSpec {
    ConnectionSettings reached(ConnectionSettings settings) { Pooler.before(settings) }
}
