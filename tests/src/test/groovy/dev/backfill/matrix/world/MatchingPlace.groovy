package dev.backfill.matrix.world

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.Database
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Transaction
import dev.backfill.connector.TransactionalSink
import dev.backfill.fault.MessageLine
import dev.backfill.postgres.PostgresServer
import dev.backfill.postgres.catalog.TableName
import dev.backfill.postgres.connection.ConnectionSettings
import dev.backfill.postgres.connection.PostgresDatabase
import dev.backfill.postgres.write.MatchingSink
import dev.backfill.postgres.write.Upsert
import groovy.sql.Sql

import java.nio.charset.StandardCharsets

/** Tables of one PostgreSQL database, in which some rows have no key yet; the checkpoint is in memory. */
class MatchingPlace implements AutoCloseable {
    private final ConnectionSettings settings = PostgresServer.database()
    private final Sql application = PostgresServer.sql(settings)
    private final UnlockedLine line
    private final PostgresDatabase database
    private int points

    /**
     * @param locking false for a sink that looks rows up without locking them
     */
    MatchingPlace(boolean locking) {
        line = locking ? null : new UnlockedLine(settings.port())
        database = PostgresDatabase.open(locking ? settings : PostgresServer.settings(settings.database(), '127.0.0.1', line.port), 5)
    }

    Backing backing(CommonClock clock) {
        new MatchingBacking(new MemoryStore(clock), new MatchingTarget(settings, application, database, "matching_${++points}"))
    }

    @Override
    void close() {
        application.close()
        database.close()
        line?.close()
    }
}

/** Takes the locks out of the statements that look rows up. */
class UnlockedLine extends MessageLine {
    UnlockedLine(int target) { super(target) }

    @Override
    protected byte[] request(int type, byte[] body) {
        new String(body, StandardCharsets.ISO_8859_1).replaceAll(/ for no key update of "\w+"/, '').getBytes(StandardCharsets.ISO_8859_1)
    }
}

class MatchingBacking implements Backing {
    private final CheckpointStore store
    private final Target table
    final boolean shared = false

    MatchingBacking(CheckpointStore store, Target table) {
        this.store = store
        this.table = table
    }

    CheckpointStore store() { store }

    Target table() { table }

    @Override
    void expire() { }

    @Override
    void close() { }
}

/** A table that is written by key, or by another column where a row has no key yet. */
class MatchingTarget implements Target, ChangedByOthers {
    private final ConnectionSettings settings
    private final Sql application
    private final PostgresDatabase database
    private final String table

    MatchingTarget(ConnectionSettings settings, Sql application, PostgresDatabase database, String table) {
        this.settings = settings
        this.application = application
        this.database = database
        this.table = table
        application.execute "create table $table (id text unique, code text, price int, note text)".toString()
        application.execute "insert into $table (code) select unnest(array['p2', 'p5', 'p9', 'p13', 'p17', 'p22'])".toString()
        application.execute "insert into $table (id, code) select each, each from unnest(array['p4', 'p8', 'p12', 'p16', 'p20', 'p23']) each".toString()
    }

    Sink open() { new MatchingWriter(MatchingSink.open(database, Upsert.of(TableName.of(table), ['id'], ['code', 'price']).fallbackKey(['code']))) }

    /** Changes every row and adds some, and commits as soon as a write waits for that. */
    void changeDuringWrite() {
        Sql other = PostgresServer.sql(settings)
        other.connection.autoCommit = false
        other.execute "lock table $table in exclusive mode".toString() // lets a plain look-up pass
        other.execute "update $table set note = 'seen'".toString()
        other.execute "insert into $table (id, code, price) select each, each, -1 from unnest(array['p1', 'p6', 'p10', 'p15', 'p19', 'p21']) each on conflict do nothing".toString()
        Thread.startDaemon {
            other.withCloseable {
                waitUntilBlocked()
                other.commit()
            }
        }
    }

    private void waitUntilBlocked() {
        long deadline = System.nanoTime() + 10_000_000_000L
        String blocked = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'backfill' and datname = current_database()"
        PostgresServer.sql(settings).withCloseable { watcher ->
            while (!watcher.firstRow(blocked) && System.nanoTime() < deadline) {
                Thread.onSpinWait()
            }
        }
    }

    /** A row without a key is there under a name of its own, so that one which is left so is found. */
    List<String> keys() { application.rows("select coalesce(id, 'without a key: ' || code) as id from $table".toString())*.id }

    Map<String, Map<String, Object>> held() {
        application.rows("select id, price from $table where id is not null".toString())
            .collectEntries { [(it.id): [id: it.id, price: it.price]] }
    }

    Map<String, Integer> writes() { [:] }
}

class MatchingWriter implements TransactionalSink {
    private final MatchingSink target

    MatchingWriter(MatchingSink target) { this.target = target }

    Database database() { target.database() }

    WriteResult write(List<Row> records, Transaction transaction) {
        Refusing.write(records) { List<Row> rows -> target.write(rows.collect { it.with([code: it.id]) }, transaction) }
    }
}
