package dev.backfill.postgres.connection;

import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransientFailure;
import dev.backfill.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A transaction of a pooled connection, which goes back to the pool when it is closed. Used by one thread at a time.
 * All its settings end with it, so that it works through a pooler that lends a connection for one transaction.
 */
public final class PostgresTransaction implements Transaction {
    private static final String GUEST = "select pg_catalog.set_config('lock_timeout', '2s', true), ";
    /** Never weaker than what the server does anyway. */
    private static final String DURABLE =
            "pg_catalog.set_config('synchronous_commit', case current_setting('synchronous_commit')"
                    + " when 'remote_apply' then 'remote_apply' else 'on' end, true)";

    private static final String READ_ONLY = "pg_catalog.set_config('transaction_read_only', 'on', true), ";

    /** What a transaction is for. */
    enum Purpose {
        WRITING(DURABLE),
        /** All rows of a table: the server refuses a statement from which policies would hide some. */
        READING(READ_ONLY + "pg_catalog.set_config('row_security', 'off', true)"),
        /** The rows that policies leave. */
        READING_BY_POLICIES(READ_ONLY + "pg_catalog.set_config('row_security', 'on', true)");

        private final String sql;

        Purpose(String sql) {
            this.sql = sql;
        }
    }

    private final Connection connection;
    private final String title;
    private final Optional<TimeLimit> limit;
    private final Connection limited;
    private final Savepoints savepoints;

    private PostgresTransaction(Connection connection, String title, Optional<TimeLimit> limit) {
        this.connection = connection;
        this.title = title;
        this.limit = limit;
        this.limited = limit.map(each -> each.over(connection)).orElse(connection);
        this.savepoints = new Savepoints(connection);
    }

    /**
     * Takes the connection over; its begin and its settings are one round trip.
     *
     * @param limit when it must have committed; nothing if that does not matter
     */
    static PostgresTransaction begin(
            Connection connection, SessionSettings session, String title, Purpose purpose, Optional<TimeLimit> limit)
            throws SQLException {
        PostgresTransaction transaction = new PostgresTransaction(connection, title, limit);
        String times = limit.map(each -> each.settings() + each.wholeTransaction())
                .orElseGet(new TimeLimit(Deadline.none())::settings);
        try (Statement settings = connection.createStatement()) {
            if (limit.filter(TimeLimit::isOver).isPresent()) {
                throw new TransientFailure("beginning a transaction in " + title
                        + ": this run's lease would have ended before it; the lease is looked at again");
            }
            connection.setAutoCommit(false);
            settings.execute(GUEST + times + session.sql() + purpose.sql);
            limit.ifPresent(TimeLimit::begun);
            return transaction;
        } catch (SQLException | TransientFailure e) {
            transaction.close();
            throw e;
        }
    }

    /** For statements of this transaction; committing and closing it are not the caller's. */
    public Connection connection() {
        savepoints.passed();
        return limited;
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
            if (limit.isPresent()) {
                commit(limit.get());
            } else {
                connection.commit();
            }
        } catch (SQLException e) {
            throw PostgresFailures.committing(e, "committing in " + title, limit.isPresent());
        }
    }

    /** In one request, so that nothing but the commit itself comes after the look at the clock. */
    private void commit(TimeLimit until) throws SQLException {
        try (Statement statement = limited.createStatement()) {
            statement.execute(until.check() + "COMMIT");
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
