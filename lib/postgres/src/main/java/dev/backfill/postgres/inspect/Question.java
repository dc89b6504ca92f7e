package dev.backfill.postgres.inspect;

import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the server's catalog about one table; its answers are texts, empty for null. */
record Question(PostgresDatabase database, TableName table) {
    /**
     * @param sql with a first place for the table, by its name in SQL, and one for each list of names
     */
    List<List<String>> ask(String sql, List<?>... names) {
        return database.read("looking at " + table + " in " + database.title(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, table.sql());
                for (int i = 0; i < names.length; i++) {
                    statement.setArray(i + 2, array(connection, names[i]));
                }
                return rows(statement.executeQuery());
            }
        });
    }

    private static java.sql.Array array(Connection connection, List<?> names) throws SQLException {
        return connection.createArrayOf("text", names.toArray());
    }

    private static List<List<String>> rows(ResultSet found) throws SQLException {
        int columns = found.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        while (found.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(Optional.ofNullable(found.getString(i)).orElse(""));
            }
            rows.add(row);
        }
        return rows;
    }
}
