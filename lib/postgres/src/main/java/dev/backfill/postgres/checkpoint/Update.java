package dev.backfill.postgres.checkpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements that change rows, with their values bound in order. */
final class Update {
    private Update() {}

    /** How many rows it changed. */
    static int rows(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Runs it once for each list of values, sent together. */
    static void each(Connection connection, String sql, List<@Nullable Object[]> all) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] values : all) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
