package dev.backfill.postgres.write;

import dev.backfill.connector.Rejection;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds records that would write outside the rows that are replaced, so that no other row is touched.
 *
 * @param condition in SQL, for the rows that are replaced
 * @param known true if all columns of the condition are written, so that a record alone shows whether its row meets it
 */
record ReplacedRows(GivenRows rows, String condition, boolean known) {
    static ReplacedRows of(PostgresDatabase database, GivenRows rows, String condition) {
        return new ReplacedRows(rows, condition, isKnown(database, rows, condition));
    }

    private static boolean isKnown(PostgresDatabase database, GivenRows rows, String condition) {
        String table = rows.table().name().quotedName();
        String sql = "select from (select "
                + UpsertStatements.names(columns(rows).toList()) + " from "
                + rows.table().name().sql() + " limit 0) as " + table + " where " + met(condition);
        return database.read("reading the condition of replaceWhere", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
                return true;
            } catch (SQLException e) {
                if (PostgresFailures.blames(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static Stream<Column> columns(GivenRows rows) {
        return Stream.concat(rows.key().stream(), rows.values().stream());
    }

    private static String met(String condition) {
        return "(true" + Condition.and(List.of(condition)) + ")";
    }

    /** Finds, before a write, the records whose rows would be outside, or whose key a row outside has; by their indexes. */
    Map<Integer, Rejection> refusedBefore(Given given, Connection connection) throws SQLException {
        Map<Integer, Rejection> refused = new TreeMap<>();
        ask(
                given,
                connection,
                this::before,
                (answer, index) -> refused.put(index, answer.getBoolean(2) ? taken() : outside()));
        return refused;
    }

    /** Finds, after a write, the records whose rows are outside; by their indexes. */
    Map<Integer, Rejection> refusedAfter(Given given, Connection connection) throws SQLException {
        Map<Integer, Rejection> refused = new TreeMap<>();
        ask(given, connection, this::after, (answer, index) -> refused.put(index, outside()));
        return refused;
    }

    private Rejection outside() {
        return new Rejection(
                Rejection.Kind.RULE, "the row would not be among the rows that replaceWhere(…) replaces: " + condition);
    }

    private Rejection taken() {
        return new Rejection(
                Rejection.Kind.RULE,
                "a row with this key is not among the rows that replaceWhere(…) replaces, and is left as it is: "
                        + condition);
    }

    /** Keys without a null are found by their index. */
    private void ask(Given given, Connection connection, Statements statements, LockedWrite.Answered answered)
            throws SQLException {
        int keys = rows.key().size();
        ask(statements.sql(rows.sameKey()), given.whereNull(keys, false), connection, answered);
        ask(statements.sql(rows.sameKeyOrNull()), given.whereNull(keys, true), connection, answered);
    }

    private void ask(String sql, Given given, Connection connection, LockedWrite.Answered answered)
            throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            rows.bind(statement, given);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                answered.row(answer, given.index(answer.getInt(1) - 1));
            }
        }
    }

    private String before(String sameKey) {
        return "select number, taken from (select " + GivenRows.NUMBER + ", exists (select from "
                + rows.table().name().sql() + " where " + sameKey + " and " + met(condition)
                + " is not true) as taken, " + (known ? alone() : "false") + " as outside from " + rows.rows()
                + ") as looked_at where taken or outside";
    }

    /** True for a given row that does not meet the condition as it is given. */
    private String alone() {
        List<Column> columns = columns(rows).toList();
        String values = IntStream.range(0, columns.size())
                .mapToObj(i ->
                        "backfill_given.c" + (i + 1) + " as " + columns.get(i).sql())
                .collect(Collectors.joining(", "));
        return "exists (select from (select " + values + ") as "
                + rows.table().name().quotedName() + " where " + met(condition) + " is not true)";
    }

    private String after(String sameKey) {
        return "select " + GivenRows.NUMBER + " from " + rows.rows() + " where not exists (select from "
                + rows.table().name().sql() + " where " + sameKey + " and " + met(condition) + ")";
    }

    /** A statement for one way of comparing keys. */
    @FunctionalInterface
    private interface Statements {
        String sql(String sameKey);
    }
}
