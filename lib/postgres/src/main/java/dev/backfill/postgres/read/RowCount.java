package dev.backfill.postgres.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Reports how many rows are to be expected: counted where a table is small, else as the server's planner estimates. */
final class RowCount {
    private static final long SMALL = 100_000;
    private static final JsonMapper JSON = new JsonMapper();

    private RowCount() {}

    static long of(Connection connection, String table, List<String> conditions) throws SQLException {
        String all = "select 1 from " + table;
        String wanted = all + " where true" + plain(conditions);
        if (estimate(connection, all) > SMALL) {
            return estimate(connection, wanted);
        }
        // The estimate may be old: so the count has an end as well.
        return number(connection, "select count(*) from (" + wanted + " limit " + 2 * SMALL + ") as counted");
    }

    /** Without values of our own nothing need be escaped. */
    private static String plain(List<String> conditions) {
        return conditions.isEmpty() ? "" : " and (" + String.join("\n) and (", conditions) + "\n)";
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet answer = statement.executeQuery(query);
            answer.next();
            return answer.getLong(1);
        }
    }

    private static long estimate(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet answer = statement.executeQuery("explain (format json) " + query);
            answer.next();
            return JSON.readTree(answer.getString(1)).at("/0/Plan/Plan Rows").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server's plan is not JSON", e);
        }
    }
}
