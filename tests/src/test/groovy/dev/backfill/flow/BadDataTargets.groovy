package dev.backfill.flow

import dev.backfill.connector.Sink
import dev.backfill.connector.Row
import dev.backfill.files.write.GatheringSink
import dev.backfill.plan.TotalsFunction
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.write.Update
import dev.backfill.postgres.write.UpdateSink
import dev.backfill.postgres.write.Upsert
import dev.backfill.postgres.write.UpsertSink
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.SearchServers
import dev.backfill.sandbox.typesense.TypesenseApi
import dev.backfill.typesense.Connecting
import dev.backfill.typesense.client.TypesenseClient
import dev.backfill.typesense.documents.DocumentSink
import groovy.json.JsonSlurperClassic
import groovy.sql.Sql

import java.nio.file.Path

/** The kinds of targets, each with rows a to e, as far as it is one that has rows before; on real servers where they are. */
class BadDataTargets implements Closeable {
    static final List<String> COLUMNS = ['number', 'text', 'at', 'parent']
    private final List<Closeable> open = []

    /** A target, and what an application does to its rows. */
    interface Target {
        Sink sink()

        List<Map> held(String id)

        boolean holds(Map<String, Object> record)

        void deleted(String id)

        void changed(String id)
    }

    Target of(String name, Path folder) {
        switch (name) {
            case 'file': return new InFile(folder: folder.resolve(UUID.randomUUID() as String))
            case 'search': return tracked(new InSearch())
            default: return tracked(new InTable(adds: name == 'upsert'))
        }
    }

    private <T extends Closeable> T tracked(T target) {
        open << target
        target
    }

    @Override
    void close() {
        open*.close()
    }

    static class InTable implements Target, Closeable {
        boolean adds
        private final settings = PostgresServer.database()
        private final PostgresDatabase database = PostgresDatabase.open(settings, 2)
        private final Sql sql = PostgresServer.sql(settings)

        Sink sink() {
            sql.execute 'create table parents (id text primary key)'
            sql.execute "insert into parents values ('somebody')"
            sql.execute '''create table items (id text primary key, number bigint not null, text text, at timestamptz,
                parent text references parents, other text)'''
            sql.execute 'create index on items (text)'
            sql.execute "insert into items (id, number, other) select id, 0, 'before' from unnest('{a,b,c,d,e}'::text[]) as id"
            adds ? UpsertSink.open(database, Upsert.of(TableName.of('items'), ['id'], COLUMNS))
                : UpdateSink.open(database, new Update(TableName.of('items'), ['id'], [], COLUMNS, Optional.empty(), []))
        }

        List<Map> held(String id) {
            sql.rows('select number, text, to_char(at at time zone \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS"Z"\') as at, parent, other from items where id = ?', [id])
                .collect { new LinkedHashMap(it) }
        }

        boolean holds(Map<String, Object> record) {
            def rows = held(record.id as String)
            rows.size() == 1 && COLUMNS.every { rows[0][it] == record[it] }
        }

        void deleted(String id) { sql.execute 'delete from items where id = ?', [id] }

        void changed(String id) { sql.execute "update items set number = 99, other = 'changed' where id = ?", [id] }

        void close() {
            database.close()
            sql.close()
        }
    }

    static class InSearch implements Target, Closeable {
        private final SearchServer server = SearchServers.realPresent ? SearchServers.real : SearchServers.standIn
        private final TypesenseApi api = new TypesenseApi(server)
        private final TypesenseClient client = Connecting.to(server)
        private String collection

        Sink sink() {
            collection = api.collection([[name: 'number', type: 'int64'], *['text', 'at', 'parent'].collect { [name: it, type: 'string', optional: true] }])
            assert api.importAll(collection, 'create', ['a', 'b', 'c', 'd', 'e'].collect { [id: it, number: 0] }).every { it.success }
            new DocumentSink(client, collection, COLUMNS, [] as Set)
        }

        List<Map> held(String id) { api.export(collection).findAll { it.id == id } }

        boolean holds(Map<String, Object> record) { held(record.id as String).any { found -> COLUMNS.every { found[it] == record[it] } } }

        void deleted(String id) { api.send('DELETE', "/collections/$collection/documents/$id") }

        void changed(String id) { api.importAll(collection, 'update', [[id: id, number: 99]]) }

        void close() {
            client.close()
            api.send('DELETE', "/collections/$collection")
        }
    }

    /** Has no rows before, and takes any value that JSON has a form for. */
    static class InFile implements Target {
        Path folder

        Sink sink() {
            new GatheringSink(new GatheringSink.Plan(folder.resolve('items.json'), folder.resolve('items.json.part'), Optional.of('items'),
                { Row totals -> [:] } as TotalsFunction, []))
        }

        List<Map> held(String id) { new JsonSlurperClassic().parse(folder.resolve('items.json').toFile()).items.findAll { it.id == id } }

        boolean holds(Map<String, Object> record) { held(record.id as String).any { found -> COLUMNS.every { found[it] == record[it] } } }

        @Override
        void deleted(String id) { }

        @Override
        void changed(String id) { }
    }
}
