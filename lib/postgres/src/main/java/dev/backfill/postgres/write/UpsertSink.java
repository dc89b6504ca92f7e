package dev.backfill.postgres.write;

import dev.backfill.connector.Database;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Finding;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.postgres.inspect.TableLook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Adds rows, and changes those whose keys are there already and that differ, all in one statement. Thread-safe. */
public final class UpsertSink implements TransactionalSink, KeyedSink, Inspectable {
    private final PostgresDatabase database;
    private final GivenRows rows;
    private final String statement;

    private UpsertSink(PostgresDatabase database, GivenRows rows) {
        this.database = database;
        this.rows = rows;
        this.statement = statement();
    }

    /** Checks the table, its key and all columns. {@link dev.backfill.connector.FatalFailure} if something is not as needed. */
    public static UpsertSink open(PostgresDatabase database, TableName name, List<String> key, List<String> columns) {
        Table table = Catalog.table(database, name);
        List<Column> changed = Targets.of(table, key, columns);
        return new UpsertSink(database, new GivenRows(table, table.conflict(key), changed));
    }

    /** What an insert returns does not tell which record it came from: so it is joined with them by the key. */
    private String statement() {
        List<Column> all =
                Stream.concat(rows.key().stream(), rows.values().stream()).toList();
        String keys = names(rows.key());
        return "with given as materialized (select * from " + rows.rows() + "), written as (insert into "
                + rows.table().name().sql() + " (" + names(all) + ") select " + rows.places() + " from given"
                + " on conflict (" + keys + ") do " + change() + " returning " + keys + ")"
                + " select given.number from given join written on " + sameKey();
    }

    private String change() {
        if (rows.values().isEmpty()) {
            return "nothing";
        }
        String changes = rows.values().stream()
                .map(each -> each.sql() + " = excluded." + each.sql())
                .collect(Collectors.joining(", "));
        String own = rows.values().stream().map(rows::own).collect(Collectors.joining(", "));
        String excluded =
                rows.values().stream().map(each -> "excluded." + each.sql()).collect(Collectors.joining(", "));
        return "update set " + changes + " where " + GivenRows.differ(own, excluded);
    }

    private String sameKey() {
        return IntStream.range(0, rows.key().size())
                .mapToObj(i -> "written." + rows.key().get(i).sql() + " = given.c" + (i + 1))
                .collect(Collectors.joining(" and "));
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    }

    @Override
    public List<Finding> inspect() {
        return new TableLook(database, rows.table()).upserting(rows.key(), rows.values());
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Object target(Row row) {
        return Given.target(row, rows.key());
    }

    @Override
    public Outcome write(List<Row> records, Transaction transaction) {
        Outcome outcome = Outcome.of(records, Fate.UNCHANGED);
        Given given = Given.of(records, rows.key(), rows.values(), outcome);
        try {
            write(given, ((PostgresTransaction) transaction).connection(), outcome);
        } catch (SQLException e) {
            throw PostgresFailures.of(
                    e, "adding to " + rows.table().name() + " in " + database.title(), Accused.by(e, rows, given));
        }
        Superseded.settle(given, outcome);
        return outcome;
    }

    private void write(Given given, Connection connection, Outcome outcome) throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(statement)) {
            rows.bind(upsert, given);
            ResultSet written = upsert.executeQuery();
            while (written.next()) {
                outcome.fate(given.index(written.getInt(1) - 1), Fate.WRITTEN);
            }
        }
    }
}
