package dev.backfill.matrix.world

import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import com.mongodb.client.model.Updates
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.connector.Database
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.file.FileStore
import dev.backfill.mongodb.MongodbWordProvider
import dev.backfill.plan.Settings
import dev.backfill.plan.StoreDefinition
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.checkpoint.PostgresStore
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.connection.PostgresFailures
import dev.backfill.postgres.connection.PostgresTransaction
import dev.backfill.run.OpenResources
import dev.backfill.sandbox.server.MongoStandIn
import groovy.sql.Sql
import org.bson.Document

import java.nio.file.Path
import java.sql.Connection
import java.sql.SQLException

/** A checkpoint in a store of its own; the table beside it is in memory. */
abstract class ApartBacking implements Backing {
    private final Target table = new MemoryTable(new MemoryDatabase(), true)
    private final CheckpointStore store

    ApartBacking(CheckpointStore store) { this.store = store }

    CheckpointStore store() { store }

    Target table() { table }

    boolean isShared() { false }

    @Override
    void close() { store.close() }
}

/** Files, whose leases age by the world's clock. */
class FileBacking extends ApartBacking {
    FileBacking(Path folder, CommonClock clock) {
        super(new FileStore(folder.resolve("${System.nanoTime()}.json"), clock))
    }

    @Override
    void expire() { }
}

/** Documents of one server. */
class MongoPlace implements AutoCloseable {
    private static final String COLLECTION = 'points'
    private final MongoStandIn server = MongoStandIn.start()
    private final OpenResources resources = new OpenResources(4)
    private final MongoClient client = MongoClients.create(server.uri())
    private final StoreDefinition definition =
        new MongodbWordProvider().create(new Settings([MONGO_URI: server.uri()])).mongodb().collection(COLLECTION)
    private int documents

    Backing backing() {
        String document = "point ${++documents}"
        CheckpointStore store = definition.open(resources, document)
        new MongoBacking(store, client.getDatabase('checkpoint_db').getCollection(COLLECTION), document)
    }

    @Override
    void close() {
        client.close()
        resources.close()
        server.close()
    }
}

class MongoBacking extends ApartBacking {
    private final MongoCollection<Document> collection
    private final String document

    MongoBacking(CheckpointStore store, MongoCollection<Document> collection, String document) {
        super(store)
        this.collection = collection
        this.document = document
    }

    void expire() {
        collection.updateOne(Filters.eq('_id', document), Updates.set('backfill.beat_at', new Date(0)))
    }
}

/** Rows of one database, in which the checkpoint is too. */
class PostgresPlace implements AutoCloseable {
    private final ConnectionSettings settings = PostgresServer.database()
    private final ShortWaits line = new ShortWaits(settings.port())
    private final PostgresDatabase database =
        PostgresDatabase.open(PostgresServer.settings(settings.database(), '127.0.0.1', line.port), 20)
    private final Sql application = PostgresServer.sql(settings)
    private int points

    PostgresPlace() {
        application.execute 'create table points (point int, id text)'
        application.execute 'create index on points (point)'
    }

    Backing backing() { new PostgresBacking(database, application, ++points) }

    @Override
    void close() {
        application.close()
        database.close()
        line.close()
    }
}

class PostgresBacking implements Backing {
    private final PostgresDatabase database
    private final Sql application
    private final int point
    private final CheckpointStore store

    PostgresBacking(PostgresDatabase database, Sql application, int point) {
        this.database = database
        this.application = application
        this.point = point
        this.store = new PostgresStore(database, "point $point".toString())
    }

    CheckpointStore store() { store }

    Target table() { new PostgresTable(database, application, point) }

    boolean isShared() { true }

    void expire() {
        application.executeUpdate("update backfill.runs set beat_at = beat_at - interval '60 s' where name = ?", ["point $point".toString()])
    }

    @Override
    void close() { }
}

/** The rows of one point, of a table without a unique key. */
class PostgresTable implements Target, TransactionalSink {
    private final PostgresDatabase database
    private final Sql application
    private final int point

    PostgresTable(PostgresDatabase database, Sql application, int point) {
        this.database = database
        this.application = application
        this.point = point
    }

    Sink open() { this }

    Database database() { database }

    WriteResult write(List<Row> records, Transaction transaction) {
        Refusing.write(records) { List<Row> rows ->
            try {
                insert(((PostgresTransaction) transaction).connection(), rows*.id as Object[])
            } catch (SQLException e) {
                throw PostgresFailures.of(e, 'inserting points')
            }
            WriteResult.of(rows, WriteStatus.WRITTEN)
        }
    }

    private void insert(Connection connection, Object... ids) {
        connection.prepareStatement('insert into points select ?, unnest(?)').withCloseable {
            it.setInt(1, point)
            it.setArray(2, connection.createArrayOf('text', ids))
            it.executeUpdate()
        }
    }

    List<String> keys() { application.rows('select id from points where point = ?', [point])*.id }

    Map<String, Map<String, Object>> held() { [:] }

    Map<String, Integer> writes() { keys().countBy { it } as Map<String, Integer> }
}
