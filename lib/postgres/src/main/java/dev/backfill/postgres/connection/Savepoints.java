package dev.backfill.postgres.connection;

import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.RejectedFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * Places in a transaction to go back to, one within the other. Spares requests: a place that was gone back to is used again,
 * and one that is not needed any more is given up together with setting the next.
 */
final class Savepoints {
    private final Connection connection;
    /** The depths at which a place is set. */
    private final BitSet set = new BitSet();
    /** Those of them since which nothing was done. */
    private final BitSet fresh = new BitSet();

    private int depth;

    Savepoints(Connection connection) {
        this.connection = connection;
    }

    /** Something is done in the transaction. */
    void passed() {
        fresh.clear();
    }

    void enter() throws SQLException {
        if (!fresh.get(depth)) {
            send((set.get(depth) ? "release savepoint " + name() + "; " : "") + "savepoint " + name());
            set.set(depth);
        }
        depth++;
    }

    /** Goes back if a record was rejected, or if the server gave up on a statement that took too long. */
    <T> T leaveAfter(Supplier<T> part) throws SQLException {
        try {
            T result = part.get();
            left();
            return result;
        } catch (RejectedFailure | OversizedFailure failure) {
            left();
            send("rollback to savepoint " + name());
            fresh.set(depth);
            throw failure;
        }
    }

    private void left() {
        depth--;
        set.clear(depth + 1, set.length() + 1 + depth);
        fresh.clear(depth, fresh.length() + 1 + depth);
    }

    private void send(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String name() {
        return "backfill_" + depth;
    }
}
