package dev.backfill.postgres.write;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Database;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Finding;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableIdentity;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.postgres.inspect.TableLook;
import dev.backfill.postgres.value.ColumnReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes exactly the rows whose keys are given, and of them only those that differ, or whose column is null where that is
 * asked for. One statement changes them; one more, in the same transaction, reads what became of the others. Thread-safe.
 */
public final class UpdateSink implements TransactionalSink, KeyedSink, Previewable, Identified, Inspectable {
    private final PostgresDatabase database;
    private final GivenRows rows;
    private final GivenRows keys;
    private final List<Column> returning;
    private final Columns returned;
    private final Columns written;
    private final String updateStatement;
    private final String restStatement;
    private final String previewStatement;
    private final String heldStatement;

    private UpdateSink(PostgresDatabase database, Update update, GivenRows rows, List<Column> returning) {
        this.database = database;
        this.rows = rows;
        this.keys = new GivenRows(rows.table(), rows.key(), List.of());
        this.returning = returning;
        this.returned = columns(returning);
        this.written = columns(rows.values());
        this.updateStatement = updateStatement(update);
        this.restStatement = restStatement(update);
        this.previewStatement = previewStatement(update);
        this.heldStatement = heldStatement(update);
    }

    private static Columns columns(List<Column> columns) {
        return Columns.of(columns.stream().map(Column::name).toList());
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

    private String previewStatement(Update update) {
        return "select " + GivenRows.NUMBER + ", (" + rows.differs() + isNull(update) + ") as backfill_changes"
                + returning.stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining()) + " from "
                + rows.rows() + " join " + rows.table().name().sql() + " on " + rows.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    private String heldStatement(Update update) {
        return "select " + GivenRows.NUMBER
                + rows.values().stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining()) + " from "
                + keys.rows() + " join " + rows.table().name().sql() + " on " + keys.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    private String read() {
        return GivenRows.NUMBER
                + returning.stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining());
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
        Outcome outcome = Outcome.of(records, Fate.MISSING);
        Given given = Given.of(records, rows.key(), rows.values(), outcome);
        try {
            write(given, ((PostgresTransaction) transaction).connection(), outcome);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "updating " + rows.table().name() + " in " + database.title(), Accused.by(e, rows, given));
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

    @Override
    public Outcome preview(List<Row> records) {
        Outcome outcome = Outcome.of(records, Fate.MISSING);
        Given given = Given.of(records, rows.key(), rows.values(), outcome);
        BitSet found = new BitSet();
        look(previewStatement, rows, given, (answer, index) -> {
            boolean changes = answer.getBoolean(2);
            found.set(index);
            outcome.fate(index, changes ? Fate.WRITTEN : Fate.UNCHANGED);
            Row held = outcome.record(index).with(returned, ColumnReader.row(answer, returning, 3));
            outcome.record(index, changes ? held.with(written, given(records.get(index))) : held);
        });
        if (!returning.isEmpty()) {
            given.without(found).indexes().forEach(outcome::gone);
        }
        Superseded.settle(given, outcome);
        return outcome;
    }

    /** What the row would hold after the write, in the columns that are written. */
    private @Nullable Object[] given(Row record) {
        return rows.values().stream().map(each -> record.get(each.name())).toArray();
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        Given given = Given.of(records, rows.key(), List.of(), Outcome.of(records, Fate.MISSING));
        List<@Nullable Row> held = new ArrayList<>(Collections.nCopies(records.size(), null));
        look(
                heldStatement,
                keys,
                given,
                (answer, index) -> held.set(index, Row.of(written, ColumnReader.row(answer, rows.values(), 2))));
        return held;
    }

    /** What is done with an answer for the record at that place. */
    @FunctionalInterface
    private interface Answered {
        void row(ResultSet answer, int index) throws SQLException;
    }

    private void look(String sql, GivenRows shape, Given given, Answered answered) {
        if (given.isEmpty()) {
            return;
        }
        database.read("looking at " + rows.table().name() + " in " + database.title(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                shape.bind(statement, given);
                ResultSet answer = statement.executeQuery();
                while (answer.next()) {
                    answered.row(answer, given.index(answer.getInt(1) - 1));
                }
                return true;
            }
        });
    }

    @Override
    public List<Finding> inspect() {
        return new TableLook(database, rows.table()).updating(rows.key(), rows.values(), returning);
    }

    @Override
    public String identity() {
        return TableIdentity.of(database, rows.table().name());
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
                outcome.record(index, outcome.record(index).with(returned, ColumnReader.row(answer, returning, 2)));
            }
        }
    }
}
