package dev.backfill.postgres.connection;

import dev.backfill.connector.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

/**
 * A transaction of a pooled connection, which goes back to the pool when it is closed. Used by one thread at a time.
 * All its settings end with it, so that it works through a pooler that lends a connection for one transaction.
 */
public final class PostgresTransaction implements Transaction {
    private static final String GUEST = "select pg_catalog.set_config('lock_timeout', '2s', true),"
            + " pg_catalog.set_config('statement_timeout', '30s', true),"
            + " pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true), ";
    /** Never weaker than what the server does anyway. */
    private static final String DURABLE =
            "pg_catalog.set_config('synchronous_commit', case current_setting('synchronous_commit')"
                    + " when 'remote_apply' then 'remote_apply' else 'on' end, true)";

    private static final String READ_ONLY = "pg_catalog.set_config('transaction_read_only', 'on', true)";

    private final Connection connection;
    private final String title;
    private final Savepoints savepoints;

    private PostgresTransaction(Connection connection, String title) {
        this.connection = connection;
        this.title = title;
        this.savepoints = new Savepoints(connection);
    }

    /** Takes the connection over; its begin and its settings are one round trip. */
    static PostgresTransaction begin(Connection connection, SessionSettings session, String title, boolean readOnly)
            throws SQLException {
        PostgresTransaction transaction = new PostgresTransaction(connection, title);
        try (Statement settings = connection.createStatement()) {
            connection.setAutoCommit(false);
            settings.execute(GUEST + session.sql() + (readOnly ? READ_ONLY : DURABLE));
            return transaction;
        } catch (SQLException e) {
            transaction.close();
            throw e;
        }
    }

    /** For statements of this transaction; committing and closing it are not the caller's. */
    public Connection connection() {
        savepoints.passed();
        return connection;
    }

    @Override
    public <T> T attempt(Supplier<T> part) {
        try {
            savepoints.enter();
            return savepoints.leaveAfter(part);
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, "marking a place to go back to in " + title);
        }
    }

    @Override
    public void rehearseCommit() {
        try (Statement statement = connection().createStatement()) {
            statement.execute("set constraints all immediate; set constraints all deferred");
        } catch (SQLException e) {
            throw PostgresFailures.of(e, "committing in " + title);
        }
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw PostgresFailures.committing(e, "committing in " + title);
        }
    }

    /** Rolls back what was not committed. A connection that is lost has been rolled back by its server. */
    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            // There is nothing left to undo: the pool throws the connection away, and the server what it held.
        }
    }
}
