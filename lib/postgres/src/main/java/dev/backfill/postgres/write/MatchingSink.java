package dev.backfill.postgres.write;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Database;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.SinkTraits;
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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows and changes others, which it finds by their key or, where they have none yet, by other columns; may give a column a
 * value of its own for each row. Locks what it finds before it decides anything. Says which were added. Writes a batch at a
 * time, all of them in the order of the source, so that who gets a row without a key is no matter of chance.
 */
public final class MatchingSink implements TransactionalSink, Previewable, Changing, Identified, Inspectable {
    private final PostgresDatabase database;
    private final GivenRows keyed;
    private final EqualKeys equal;
    private final GivenRows all;
    private final Matches matches;
    private final LockedWrite locked;
    private final List<Column> touched;

    private MatchingSink(
            PostgresDatabase database, GivenRows keyed, Matches matches, List<Column> touched, WriteRules rules) {
        this.database = database;
        this.keyed = keyed;
        this.equal = EqualKeys.asStored(keyed.table(), keyed.key());
        this.all = matches.all();
        this.matches = matches;
        this.touched = touched;
        this.locked = new LockedWrite(
                matches,
                new LockedStatements(all, keyed.key(), false, touched, rules.adding(keyed.key())),
                rules.policies(),
                rules.deferrable().isEmpty() ? " on conflict do nothing" : "");
    }

    /** Checks the table and all columns. {@link FatalFailure} if something is not as needed. */
    public static MatchingSink open(PostgresDatabase database, Upsert upsert) {
        Table table = Catalog.table(database, upsert.table());
        if (upsert.key().isEmpty()) {
            throw new FatalFailure("table('" + upsert.table() + "') has no key: say key('…')");
        }
        List<Column> key = table.columns(upsert.key());
        List<Column> changed = Targets.of(table, upsert.key(), upsert.columns());
        List<Column> columns = Stream.concat(key.stream(), changed.stream()).toList();
        GivenRows keyed = new GivenRows(table, key, changed);
        GivenRows all = new GivenRows(table, List.of(), columns);
        List<Integer> fallbackKey = upsert.fallbackKey().stream()
                .map(name -> place(columns, name, "fallbackKey"))
                .toList();
        Optional<Integer> suffixDuplicates =
                upsert.suffixDuplicates().map(name -> place(columns, name, "suffixDuplicates"));
        return new MatchingSink(
                database,
                keyed,
                new Matches(keyed, all, fallbackKey, suffixDuplicates, false),
                table.columns(upsert.touched()),
                Targets.rules(database, table, key, upsert.overridingSystemValue()));
    }

    private static int place(List<Column> columns, String name, String word) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FatalFailure(
                        word + "('" + name + "') needs a column that is written: add it to upsert(…)"));
    }

    @Override
    public SinkTraits traits() {
        return SinkTraits.of(this).inSeries();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public List<String> required() {
        return all.required();
    }

    @Override
    public WriteResult write(List<Row> records, Transaction transaction) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
        Given given = Given.of(records, keyed.key(), keyed.values(), outcome);
        try {
            Connection connection = ((PostgresTransaction) transaction).connection();
            Given last = equal.merge(given, connection);
            locked.write(last, connection, outcome);
            Superseded.settle(last, outcome);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "adding to " + keyed.table().name() + " in " + database.title(), Accused.by(e, keyed, given));
        }
        return outcome;
    }

    @Override
    public WriteResult preview(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
        Given given = equal.merge(Given.of(records, keyed.key(), keyed.values(), outcome), database);
        look(
                given,
                found -> found.given().without(found.indexes()).indexes().forEach(outcome::added),
                (answer, index) ->
                        outcome.status(index, answer.getBoolean(2) ? WriteStatus.WRITTEN : WriteStatus.UNCHANGED));
        Superseded.settle(given, outcome);
        return outcome;
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        Given given = equal.merge(
                Given.of(records, keyed.key(), keyed.values(), WriteResult.of(records, WriteStatus.UNCHANGED)),
                database);
        Columns columns = Columns.of(all.values().stream().map(Column::name).toList());
        List<@Nullable Row> held = new ArrayList<>(Collections.nCopies(records.size(), null));
        look(
                given,
                found -> {},
                (answer, index) -> held.set(index, Row.of(columns, ColumnReader.row(answer, all.values(), 3))));
        return held;
    }

    private void look(Given given, Consumer<Matches.Found> matched, LockedWrite.Answered answered) {
        if (given.isEmpty()) {
            return;
        }
        database.read("looking at " + all.table().name() + " in " + database.title(), connection -> {
            Matches.Found found = matches.find(given, connection);
            matched.accept(found);
            locked.look(found, connection, answered);
            return true;
        });
    }

    @Override
    public List<Diagnostic> inspect() {
        return new TableLook(database, all.table()).upserting(keyed.key(), keyed.values());
    }

    @Override
    public String identity() {
        return TableIdentity.of(database, all.table().name());
    }

    @Override
    public String location() {
        return identity();
    }

    @Override
    public String name() {
        return all.table().name().last();
    }

    @Override
    public Set<String> changed() {
        return Stream.concat(keyed.values().stream(), touched.stream())
                .map(Column::name)
                .collect(Collectors.toSet());
    }
}
