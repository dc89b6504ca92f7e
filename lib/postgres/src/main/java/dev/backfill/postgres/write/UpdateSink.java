package dev.backfill.postgres.write;

import dev.backfill.connector.Database;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.postgres.value.ColumnReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Changes exactly the rows whose keys are given, and of them only those that differ, or whose column is null where that is
 * asked for. One statement changes them; one more, in the same transaction, reads what became of the others. Thread-safe.
 */
public final class UpdateSink implements TransactionalSink {
    private final PostgresDatabase database;
    private final GivenRows rows;
    private final GivenRows keys;
    private final List<Column> returning;
    private final String updateStatement;
    private final String restStatement;

    private UpdateSink(PostgresDatabase database, Update update, GivenRows rows, List<Column> returning) {
        this.database = database;
        this.rows = rows;
        this.keys = new GivenRows(rows.table(), rows.key(), List.of());
        this.returning = returning;
        this.updateStatement = updateStatement(update);
        this.restStatement = restStatement(update);
    }

    /** Checks the table, its key and all columns. {@link FatalFailure} with the next step if something is not as needed. */
    public static UpdateSink open(PostgresDatabase database, Update update) {
        Table table = Catalog.table(database, update.table());
        List<Column> changed = Targets.of(table, update.key(), update.columns());
        if (changed.isEmpty()) {
            throw new FatalFailure(table.name() + ": an update needs a column beside the key: say update('…')");
        }
        table.columns(update.whereNull().stream().toList());
        GivenRows rows = new GivenRows(table, table.find(update.key()), changed);
        return new UpdateSink(database, update, rows, table.columns(update.returning()));
    }

    private String updateStatement(Update update) {
        String changes = IntStream.range(0, rows.values().size())
                .mapToObj(i -> rows.values().get(i).sql() + " = " + rows.value(i))
                .collect(Collectors.joining(", "));
        return "update " + rows.table().name().sql() + " set " + changes + " from " + rows.rows() + " where "
                + rows.sameKey() + isNull(update) + " and " + rows.differs() + Condition.and(update.conditions())
                + " returning " + read();
    }

    private String isNull(Update update) {
        return update.whereNull()
                .map(column ->
                        " and " + rows.own(rows.table().columns(List.of(column)).get(0)) + " is null")
                .orElse("");
    }

    private String restStatement(Update update) {
        return "select " + read() + " from " + keys.rows() + " join "
                + rows.table().name().sql() + " on " + keys.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    private String read() {
        return GivenRows.NUMBER
                + returning.stream().map(each -> ", " + rows.own(each)).collect(Collectors.joining());
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Outcome write(List<Row> records, Transaction transaction) {
        Outcome outcome = Outcome.of(records, Fate.MISSING);
        Given given = Given.of(records, rows.key(), rows.values(), outcome);
        try {
            write(given, ((PostgresTransaction) transaction).connection(), outcome);
        } catch (SQLException e) {
            throw PostgresFailures.of(e, "updating " + rows.table().name() + " in " + database.title());
        }
        return outcome;
    }

    private void write(Given given, Connection connection, Outcome outcome) throws SQLException {
        BitSet found = new BitSet();
        run(updateStatement, rows, given, connection, Fate.WRITTEN, found, outcome);
        Given rest = given.without(found);
        run(restStatement, keys, rest, connection, Fate.UNCHANGED, found, outcome);
        if (!returning.isEmpty()) {
            // What the row holds is not known any more: a later sink must not bring the old value back to life.
            given.without(found).indexes().forEach(outcome::gone);
        }
        Superseded.settle(given, outcome);
    }

    private void run(
            String sql, GivenRows shape, Given given, Connection connection, Fate fate, BitSet found, Outcome outcome)
            throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            shape.bind(statement, given);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                int index = given.index(answer.getInt(1) - 1);
                found.set(index);
                outcome.fate(index, fate);
                outcome.record(
                        index, Held.in(outcome.record(index), returning, ColumnReader.row(answer, returning, 2)));
            }
        }
    }
}
