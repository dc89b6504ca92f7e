package dev.backfill.postgres.write;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.value.ColumnReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the schema backfill that holds numbered records until they replace rows. It survives a crash of the server, and
 * nobody else may read it.
 *
 * @param rows what is kept of each record
 * @param family the first part of the names of all tables for the same rows
 * @param token distinguishes those of one run from those of another
 */
record Stage(GivenRows rows, String family, String token) {
    /** One of its own for a run that begins. */
    static Stage fresh(GivenRows rows, String condition) {
        return new Stage(
                rows, family(rows, condition), UUID.randomUUID().toString().substring(0, 8));
    }

    static Stage of(GivenRows rows, String condition, String token) {
        return new Stage(rows, family(rows, condition), token);
    }

    private static String family(GivenRows rows, String condition) {
        String text = rows.table().name() + "\n" + condition;
        return "replacing_"
                + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "") + "_";
    }

    private TableName name() {
        return new TableName(List.of("backfill", family + token));
    }

    private TableName used() {
        return new TableName(List.of("backfill", family + token + "_used"));
    }

    private List<Column> columns() {
        return Stream.concat(rows.key().stream(), rows.values().stream()).toList();
    }

    void create(Connection connection) throws SQLException {
        if (!exists(connection, new TableName(List.of("backfill")))) {
            execute(connection, "create schema if not exists backfill");
        }
        String table = name().sql();
        execute(
                connection,
                "create table " + table + " as select " + UpsertStatements.names(columns()) + " from "
                        + rows.table().name().sql() + " with no data");
        execute(connection, "alter table " + table + " add column backfill_number bigint primary key");
        execute(connection, "revoke all on " + table + " from public");
    }

    private static boolean exists(Connection connection, TableName name) throws SQLException {
        String question = name.parts().size() == 1 ? "select to_regnamespace(?)" : "select to_regclass(?)";
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name.sql());
            ResultSet found = statement.executeQuery();
            found.next();
            return found.getString(1) != null;
        }
    }

    boolean exists(Connection connection) throws SQLException {
        return exists(connection, name());
    }

    /** True if its records have replaced the rows. */
    boolean isUsed(Connection connection) throws SQLException {
        return exists(connection, used());
    }

    /** In the transaction in which its records replace the rows. */
    void use(Connection connection) throws SQLException {
        execute(connection, "alter table " + name().sql() + " rename to " + TableName.quoted(family + token + "_used"));
    }

    /** Removes this table and all others for the same rows. */
    void purge(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select tablename from pg_catalog.pg_tables where schemaname = 'backfill' and"
                        + " starts_with(tablename, ?)")) {
            statement.setString(1, family);
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        for (String each : names) {
            execute(connection, "drop table if exists " + new TableName(List.of("backfill", each)).sql());
        }
    }

    /** Removes what is numbered above this. */
    void cut(Connection connection, long above) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from " + name().sql() + " where backfill_number > ?")) {
            statement.setLong(1, above);
            statement.executeUpdate();
        }
    }

    /** Adds records, numbered on from this; one that has its number already takes its place, so that twice equals once. */
    void add(Connection connection, Given given, long above) throws SQLException {
        String names = UpsertStatements.names(columns());
        String changes = columns().stream()
                .map(each -> each.sql() + " = excluded." + each.sql())
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("with given as materialized (select * from "
                + rows.rows() + ") insert into " + name().sql() + " (" + names + ", backfill_number) select "
                + rows.places() + ", number + cast(? as bigint) from given on conflict (backfill_number) do update set "
                + changes)) {
            rows.bind(statement, given);
            statement.setLong(1 + columns().size(), above);
            statement.executeUpdate();
        }
    }

    /** What is left after a cut. */
    long cutAndCount(Connection connection, long above) throws SQLException {
        cut(connection, above);
        try (Statement statement = connection.createStatement()) {
            ResultSet answer = statement.executeQuery("select count(*) from " + name().sql());
            answer.next();
            return answer.getLong(1);
        }
    }

    /** The records numbered above this, at most so many, in their order. */
    List<Row> page(Connection connection, long above, int most) throws SQLException {
        Columns names = Columns.of(columns().stream().map(Column::name).toList());
        String read =
                columns().stream().map(each -> each.type().read(each.sql())).collect(Collectors.joining(", "));
        List<Row> page = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select " + read + " from " + name().sql()
                + " where backfill_number > ? order by backfill_number limit " + most)) {
            statement.setLong(1, above);
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                page.add(Row.of(names, ColumnReader.row(found, columns(), 1)));
            }
        }
        return page;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
