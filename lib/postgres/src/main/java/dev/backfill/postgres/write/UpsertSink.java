package dev.backfill.postgres.write;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.SameServerComparison;
import dev.backfill.connector.SameServerRows;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows, and changes those whose keys are there already and that differ, in one statement. Where that cannot say what it
 * did (partitions, policies, keys that are checked late, nulls in a key), the rows are locked first. Says which were added.
 * Thread-safe.
 */
public final class UpsertSink
        implements TransactionalSink, KeyedSink, Previewable, Changing, Identified, Inspectable, SameServerComparison {
    private static final Logger LOG = LoggerFactory.getLogger(UpsertSink.class);

    private final PostgresDatabase database;
    private final GivenRows rows;
    private final WriteRules rules;
    private final List<Column> touched;
    private final String byIndex;
    private final LockedWrite byLock;
    private final LockedWrite byNulls;
    private final String look;
    private final EqualKeys equal;

    private UpsertSink(PostgresDatabase database, GivenRows rows, List<Column> touched, WriteRules rules) {
        String adding = rules.adding(rows.key());
        UpsertStatements statements = new UpsertStatements(rows, touched, adding, rules.triggers());
        this.database = database;
        this.rows = rows;
        this.rules = rules;
        this.touched = touched;
        this.byIndex = statements.byIndex();
        String conflict = " on conflict (" + UpsertStatements.names(rows.key()) + ") do nothing";
        this.byLock = new LockedWrite(
                Matches.byKey(rows, false),
                new LockedStatements(rows, rows.key(), false, touched, adding),
                rules.policies(),
                rules.deferrable(rows.key()) ? "" : conflict);
        this.byNulls = new LockedWrite(
                Matches.byKey(rows, true),
                new LockedStatements(rows, rows.key(), true, touched, adding),
                rules.policies(),
                "");
        this.look = statements.look();
        this.equal = EqualKeys.asStored(rows.table(), rows.key());
    }

    /** Checks the table, its key and all columns. {@link dev.backfill.connector.FatalFailure} if something is not as needed. */
    public static UpsertSink open(PostgresDatabase database, Upsert upsert) {
        Table table = Catalog.table(database, upsert.table());
        List<Column> changed = Targets.of(table, upsert.key(), upsert.columns());
        List<Column> key = table.conflict(upsert.key());
        return new UpsertSink(
                database,
                new GivenRows(table, key, changed),
                table.columns(upsert.touched()),
                Targets.rules(database, table, key, upsert.overridingSystemValue()));
    }

    @Override
    public List<Diagnostic> inspect() {
        List<Diagnostic> findings =
                new ArrayList<>(new TableLook(database, rows.table()).upserting(rows.key(), rows.values()));
        if (rules.deferrable(rows.key())) {
            findings.add(Diagnostic.warning(
                    "the key of " + rows.table().name() + " is deferrable, so that a row which another client"
                            + " adds in the same moment makes the record a dead"
                            + " letter; 'retry' then writes it"));
        }
        return findings;
    }

    @Override
    public PostgresDatabase database() {
        return database;
    }

    GivenRows rows() {
        return rows;
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
        WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
        Given given = Given.withNulls(records, rows.key(), rows.values(), outcome);
        try {
            write(given, ((PostgresTransaction) transaction).connection(), outcome);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "adding to " + rows.table().name() + " in " + database.title(), Accused.by(e, rows, given));
        }
        return outcome;
    }

    private void write(Given records, Connection connection, WriteResult outcome) throws SQLException {
        Given given = equal.merge(records, connection);
        int keys = rows.key().size();
        byKey(given.whereNull(keys, false), connection, outcome);
        byNulls.write(given.whereNull(keys, true), connection, outcome);
        tellRepeated(given);
        Superseded.settle(given, outcome);
    }

    private void tellRepeated(Given given) {
        if (!given.superseded().isEmpty()) {
            LOG.warn(
                    "{} of the records for {} have the key of a later one in the same batch; the last of each counts",
                    given.superseded().size(),
                    rows.table().name());
        }
    }

    /** By one statement where that can say whose row it was that it met, and may change every row that it meets. */
    private void byKey(Given given, Connection connection, WriteResult outcome) throws SQLException {
        if (rules.partitioned() || rules.policies() || rules.deferrable(rows.key())) {
            byLock.write(given, connection, outcome);
        } else {
            byIndex(given, connection, outcome);
        }
    }

    private void byIndex(Given given, Connection connection, WriteResult outcome) throws SQLException {
        BitSet written = new BitSet();
        run(byIndex, given, connection, (answer, index) -> {
            written.set(index);
            if (answer.getBoolean(2)) {
                outcome.added(index);
            } else {
                outcome.status(index, WriteStatus.WRITTEN);
            }
            if (answer.getBoolean(3)) {
                outcome.altered(index);
            }
        });
        if (rules.triggers()) {
            compare(given.without(written), connection, outcome);
        }
    }

    /** What was not written is as it should be, or a trigger has left it as it was. */
    private void compare(Given rest, Connection connection, WriteResult outcome) throws SQLException {
        rest.indexes().forEach(index -> outcome.status(index, WriteStatus.SUPPRESSED));
        run(look, rest, connection, (answer, index) -> {
            if (!answer.getBoolean(2)) {
                outcome.status(index, WriteStatus.UNCHANGED);
            }
        });
    }

    @Override
    public WriteResult preview(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
        Given given = equal.merge(Given.withNulls(records, rows.key(), rows.values(), outcome), database);
        BitSet present = new BitSet();
        reading(given, (answer, index) -> {
            present.set(index);
            outcome.status(index, answer.getBoolean(2) ? WriteStatus.WRITTEN : WriteStatus.UNCHANGED);
        });
        given.without(present).indexes().forEach(outcome::added);
        Superseded.settle(given, outcome);
        return outcome;
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        Given given = equal.merge(
                Given.withNulls(records, rows.key(), rows.values(), WriteResult.of(records, WriteStatus.UNCHANGED)),
                database);
        Columns columns = Columns.of(rows.values().stream().map(Column::name).toList());
        List<@Nullable Row> held = new ArrayList<>(Collections.nCopies(records.size(), null));
        reading(given, (answer, index) -> held.set(index, Row.of(columns, ColumnReader.row(answer, rows.values(), 3))));
        return held;
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
        return Stream.concat(rows.values().stream(), touched.stream())
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    private void reading(Given given, LockedWrite.Answered answered) {
        database.read("looking at " + rows.table().name() + " in " + database.title(), connection -> {
            run(look, given, connection, answered);
            return true;
        });
    }

    private void run(String sql, Given given, Connection connection, LockedWrite.Answered answered)
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
}
