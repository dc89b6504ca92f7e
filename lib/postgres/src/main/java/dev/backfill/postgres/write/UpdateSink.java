package dev.backfill.postgres.write;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Conditional;
import dev.backfill.connector.Database;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.SameServerComparison;
import dev.backfill.connector.SameServerRows;
import dev.backfill.connector.Sink;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Children;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableIdentity;
import dev.backfill.postgres.catalog.WriteRules;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes exactly the rows whose keys are given, and of them only those that differ, or whose column is null where that is
 * asked for. One statement changes them; one more, in the same transaction, reads what became of the others. Those that should
 * have been changed are locked first and tried once more, before they count as suppressed. Thread-safe.
 */
public final class UpdateSink
        implements TransactionalSink,
                KeyedSink,
                Previewable,
                Changing,
                Conditional<Sink>,
                Identified,
                Inspectable,
                SameServerComparison {
    private final PostgresDatabase database;
    private final Update update;
    private final GivenRows rows;
    private final GivenRows keys;
    private final List<Column> returning;
    private final Columns returned;
    private final Columns written;
    private final EqualKeys equal;
    private final String updateStatement;
    private final String restStatement;
    private final String compareStatement;
    private final String lockStatement;
    private final boolean interfering;
    private final String heldStatement;

    private UpdateSink(
            PostgresDatabase database, Update update, GivenRows rows, List<Column> returning, boolean interfering) {
        this.database = database;
        this.update = update;
        this.rows = rows;
        this.keys = new GivenRows(rows.table(), rows.key(), List.of());
        this.returning = returning;
        this.returned = columns(returning);
        this.written = columns(rows.values());
        this.equal = EqualKeys.asGiven(rows.table(), rows.key());
        this.interfering = interfering;
        this.updateStatement = updateStatement(update);
        this.restStatement = restStatement(update);
        this.compareStatement = compareStatement(update);
        this.lockStatement = lockStatement(update);
        this.heldStatement = heldStatement(update);
    }

    private static Columns columns(List<Column> columns) {
        return ColumnReader.columns(columns);
    }

    /** Checks the table, its key and all columns. {@link FatalFailure} with the next step if something is not as needed. */
    public static UpdateSink open(PostgresDatabase database, Update update) {
        Table table = Catalog.table(database, update.table());
        List<Column> changed = Targets.of(table, update.key(), update.columns());
        if (changed.isEmpty()) {
            throw new FatalFailure(table.name() + ": an update needs a column in addition to the key: say update('…')");
        }
        table.columns(update.whereNull().stream().toList());
        Condition.check(database, table.name(), update.conditions());
        GivenRows given = new GivenRows(table, table.find(update.key()), changed);
        Children.refuse(database, table, update.conditions());
        WriteRules rules = WriteRules.of(database, table.name());
        if (rules.instead()) {
            throw new FatalFailure(
                    table.name() + " has a rule that takes the place of updates, and PostgreSQL does not report"
                            + " what happens to rows there; drop the rule, or make it a trigger");
        }
        return new UpdateSink(database, update, given, table.columns(update.returning()), rules.interfere());
    }

    private String updateStatement(Update update) {
        String changes = IntStream.range(0, rows.values().size())
                .mapToObj(i -> rows.values().get(i).sql() + " = " + rows.value(i))
                .collect(Collectors.joining(", "));
        return "update " + rows.table().name().sql() + " set " + changes + " from " + rows.rows() + " where "
                + rows.sameKey() + isNull(update) + " and " + rows.differs() + Condition.and(update.conditions())
                + " returning " + GivenRows.NUMBER + ", " + (interfering ? rows.differs() : "false") + read();
    }

    private String isNull(Update update) {
        return update.whereNull()
                .map(column ->
                        " and " + rows.own(rows.table().columns(List.of(column)).get(0)) + " is null")
                .orElse("");
    }

    /** Whether the rows that are there are still to be changed, and what they hold. */
    private String restStatement(Update update) {
        return "select " + GivenRows.NUMBER + ", (" + rows.differs() + isNull(update) + ")" + read() + " from "
                + rows.rows() + " join " + rows.table().name().sql() + " on " + rows.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    /** The same, whether a write would leave them alone or not; at the end, whether it would not. */
    private String compareStatement(Update update) {
        return "select " + GivenRows.NUMBER + ", " + rows.differs() + read() + ", (true" + isNull(update) + ") from "
                + rows.rows() + " join " + rows.table().name().sql() + " on " + rows.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    /** In the order of the keys, so that two who change the same rows wait for each other and not in a circle. */
    private String lockStatement(Update update) {
        return "select " + GivenRows.NUMBER + " from " + keys.rows() + " join "
                + rows.table().name().sql() + " on " + keys.sameKey() + " where true"
                + Condition.and(update.conditions()) + " order by " + GivenRows.NUMBER + " for no key update of "
                + rows.table().name().quotedName();
    }

    private String heldStatement(Update update) {
        return "select " + GivenRows.NUMBER
                + rows.values().stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining()) + " from "
                + keys.rows() + " join " + rows.table().name().sql() + " on " + keys.sameKey() + " where true"
                + Condition.and(update.conditions());
    }

    private String read() {
        return returning.stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining());
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
    public List<Object> targets(List<Row> records) {
        return equal.targets(records, database);
    }

    @Override
    public Object lane(Row row) {
        return equal.lane(row);
    }

    @Override
    public List<String> required() {
        return rows.required();
    }

    @Override
    public WriteResult write(List<Row> records, Transaction transaction) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.MISSING);
        Given given = Given.of(records, rows.key(), rows.values(), outcome);
        try {
            Connection connection = ((PostgresTransaction) transaction).connection();
            write(equal.merge(given, connection), connection, outcome);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "updating " + rows.table().name() + " in " + database.title(), Accused.by(e, rows, given));
        }
        return outcome;
    }

    private void write(Given given, Connection connection, WriteResult outcome) throws SQLException {
        Given left = tried(given, interfering, connection, outcome);
        if (!left.isEmpty() && !interfering) {
            tried(left, true, connection, outcome); // somebody else changed them between the two statements
        }
        if (!returning.isEmpty()) {
            // What the row holds is not known any more: a later sink must not bring the old value back to life.
            given.indexes()
                    .filter(index -> outcome.status(index) == WriteStatus.MISSING)
                    .forEach(outcome::skipDownstream);
        }
        Superseded.settle(given, outcome);
    }

    /** Gives those that are there, should have been changed, and were not. */
    private Given tried(Given given, boolean lock, Connection connection, WriteResult outcome) throws SQLException {
        if (lock) {
            run(lockStatement, keys, given, connection, (answer, index) -> {});
        }
        BitSet settled = new BitSet();
        run(updateStatement, rows, given, connection, (answer, index) -> {
            settled.set(index);
            outcome.status(index, WriteStatus.WRITTEN);
            returned(outcome, index, answer);
            if (answer.getBoolean(2)) {
                outcome.altered(index);
            }
        });
        Given rest = given.without(settled);
        rest.indexes().forEach(index -> outcome.status(index, WriteStatus.MISSING));
        settled.set(0, outcome.size());
        run(restStatement, rows, rest, connection, (answer, index) -> {
            settled.set(index, !answer.getBoolean(2));
            outcome.status(index, answer.getBoolean(2) ? WriteStatus.SUPPRESSED : WriteStatus.UNCHANGED);
            returned(outcome, index, answer);
        });
        return given.without(settled);
    }

    private void returned(WriteResult outcome, int index, ResultSet answer) throws SQLException {
        outcome.record(index, outcome.record(index).with(returned, ColumnReader.row(answer, returning, 3)));
    }

    @Override
    public WriteResult preview(List<Row> records) {
        return preview(records, restStatement, answer -> true);
    }

    @Override
    public WriteResult compare(List<Row> records) {
        return update.fillsIn()
                ? preview(records, compareStatement, answer -> answer.getBoolean(3 + returning.size()))
                : preview(records);
    }

    /** Says whether a write would change a row that differs. */
    @FunctionalInterface
    private interface Written {
        boolean in(ResultSet answer) throws SQLException;
    }

    private WriteResult preview(List<Row> records, String sql, Written changed) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.MISSING);
        Given given = equal.merge(Given.of(records, rows.key(), rows.values(), outcome), database);
        BitSet found = new BitSet();
        look(sql, rows, given, (answer, index) -> {
            boolean changes = answer.getBoolean(2);
            found.set(index);
            outcome.status(index, changes ? WriteStatus.WRITTEN : WriteStatus.UNCHANGED);
            Row held = outcome.record(index).with(returned, ColumnReader.row(answer, returning, 3));
            outcome.record(index, changes && changed.in(answer) ? held.with(written, given(records.get(index))) : held);
        });
        if (!returning.isEmpty()) {
            given.without(found).indexes().forEach(outcome::skipDownstream);
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
        Given given = equal.merge(
                Given.of(records, rows.key(), List.of(), WriteResult.of(records, WriteStatus.MISSING)), database);
        List<@Nullable Row> held = new ArrayList<>(Collections.nCopies(records.size(), null));
        look(
                heldStatement,
                keys,
                given,
                (answer, index) -> held.set(index, Row.of(written, ColumnReader.row(answer, rows.values(), 2))));
        return held;
    }

    private void look(String sql, GivenRows shape, Given given, LockedWrite.Answered answered) {
        database.read("looking at " + rows.table().name() + " in " + database.title(), connection -> {
            run(sql, shape, given, connection, answered);
            return true;
        });
    }

    @Override
    public List<Diagnostic> inspect() {
        return new TableLook(database, rows.table()).updating(rows.key(), rows.values(), returning);
    }

    @Override
    public boolean reaches(SameServerRows source) {
        return new CopiedColumns(database, rows).reaches(source);
    }

    @Override
    public List<List<String>> differing(SameServerRows source, List<Copy> copies) {
        return new CopiedColumns(database, rows).differing(source, copies);
    }

    @Override
    public String identity() {
        return TableIdentity.of(database, rows.table().name());
    }

    @Override
    public String location() {
        return identity();
    }

    @Override
    public String name() {
        return rows.table().name().last();
    }

    @Override
    public Set<String> changed() {
        return Set.copyOf(update.columns());
    }

    @Override
    public Set<String> compared() {
        return update.acceptExisting() ? Set.of() : changed();
    }

    @Override
    public Set<String> mentioned() {
        return Condition.names(update.conditions());
    }

    @Override
    public Sink without(String condition) {
        return new UpdateSink(database, update.without(condition), rows, returning, interfering);
    }

    private static void run(
            String sql, GivenRows shape, Given given, Connection connection, LockedWrite.Answered answered)
            throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            shape.bind(statement, given);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                answered.row(answer, given.index(answer.getInt(1) - 1));
            }
        }
    }
}
