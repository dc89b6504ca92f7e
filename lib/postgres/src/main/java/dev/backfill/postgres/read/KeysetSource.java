package dev.backfill.postgres.read;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Conditional;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FilterableSource;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Located;
import dev.backfill.connector.OpenTransaction;
import dev.backfill.connector.Row;
import dev.backfill.connector.SameServerRows;
import dev.backfill.connector.Scope;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.connector.SplittableSource;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.connector.WrittenInTransactions;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Children;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.KeyCollation;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableIdentity;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.inspect.RowSecurity;
import dev.backfill.postgres.inspect.TableLook;
import dev.backfill.postgres.value.ValueText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table in the order of its key, from the highest key read so far on. Its end is the highest key at the time of
 * planning. Its records have the key's columns even if they were not selected. Thread-safe.
 */
public final class KeysetSource
        implements KeyedSource,
                SplittableSource,
                FilterableSource,
                Conditional<Source>,
                WrittenInTransactions,
                Located,
                Identified,
                Inspectable,
                SameServerRows {
    private final PostgresDatabase database;
    private final KeysetQuery query;
    private final String reading;
    private final Walk walk;
    private final Optional<String> required;

    private KeysetSource(PostgresDatabase database, KeysetQuery query) {
        this(database, query, Optional.empty());
    }

    private KeysetSource(PostgresDatabase database, KeysetQuery query, Optional<String> required) {
        this.required = required;
        this.database = database;
        this.query = query;
        this.reading = "reading " + query.table().name() + " in " + database.title();
        this.walk = new Walk(database, query, reading);
    }

    /**
     * Checks the table, and that its rows can be walked by the key. {@link dev.backfill.connector.FatalFailure} if not.
     *
     * @param conditions in SQL; a record must fulfil all of them
     */
    public static KeysetSource open(
            PostgresDatabase database,
            TableName name,
            List<String> key,
            List<String> selected,
            List<String> conditions) {
        Table table = Catalog.readable(database, name, key);
        new RowSecurity(database, table.name()).pass("reading " + table.name() + " in " + database.title());
        Children.refuse(database, table, conditions);
        Set<String> read = new LinkedHashSet<>(selected);
        table.columns(read);
        List<Column> walk = table.walk(key);
        read.addAll(key);
        Condition.check(database, table.name(), conditions);
        return new KeysetSource(database, new KeysetQuery(table, walk, table.columns(read), List.of(), conditions));
    }

    /** The same, but without a row it cannot be planned: a {@link FatalFailure} with this message. */
    public KeysetSource orFail(String message) {
        return new KeysetSource(database, query, Optional.of(message));
    }

    @Override
    public List<Split> splits(int wanted) {
        boolean nothing = walk.empty();
        return database.read(planning(), connection -> {
            Split whole = whole(connection, nothing);
            return wanted == 1 || empty(whole)
                    ? List.of(whole)
                    : new SplitPlan(connection, query).divided(whole, whole.after(), wanted);
        });
    }

    @Override
    public List<Split> split(Split split, Cursor after, int wanted) {
        return empty(split)
                ? List.of(split)
                : database.read(
                        planning(), connection -> new SplitPlan(connection, query).divided(split, after, wanted));
    }

    private String planning() {
        return "planning " + query.table().name() + " in " + database.title();
    }

    /** Where a walk along all keys would find nothing, there is none. */
    private Split whole(Connection connection, boolean nothing) throws SQLException {
        Optional<Cursor> end = nothing ? Optional.empty() : highest(connection);
        long rows =
                end.isEmpty() ? 0 : RowCount.of(connection, query.table().name().sql(), query.all());
        if (rows == 0 && required.isPresent()) {
            throw new FatalFailure(required.get());
        }
        return new Split(0, Cursor.start(), end, OptionalLong.of(rows));
    }

    private Optional<Cursor> highest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.highest())) {
            ResultSet found = statement.executeQuery();
            return found.next() ? Optional.of(query.cursor(found, query.key())) : Optional.empty();
        }
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        if (empty(split)) {
            return new Batch(List.of(), after, true);
        }
        return walk.read(split, after, limit);
    }

    /** Planned when there was no row, so without an end: rows that came later are not its own. */
    private static boolean empty(Split split) {
        return split.upTo().isEmpty() && split.rows().equals(OptionalLong.of(0));
    }

    @Override
    public int together(List<String> keys) {
        return keys.size() < 2 || !query.size().bounded()
                ? keys.size()
                : database.read(reading, connection -> {
                    try (PreparedStatement statement = query.prepareSizes(connection, keys)) {
                        ResultSet found = statement.executeQuery();
                        found.next();
                        int first = found.getInt(1);
                        return found.wasNull() ? keys.size() : first - 1;
                    }
                });
    }

    @Override
    public List<Row> find(List<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : database.read(reading, connection -> {
                    try (PreparedStatement statement = query.prepareKeys(connection, keys)) {
                        ResultSet found = statement.executeQuery();
                        List<Row> rows = new ArrayList<>();
                        while (found.next()) {
                            rows.add(walk.row(found));
                        }
                        return rows;
                    }
                });
    }

    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        List<String> missing = query.selected().stream()
                .map(Column::name)
                .filter(name -> !fields.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the dead letter has no " + String.join(", ", missing) + ", which "
                    + query.table().name() + " is read with now; retry without --from-payload");
        }
        return walk.row(fields);
    }

    @Override
    public void check(List<String> keys) {
        new KeyCheck(database, query.table(), query.key()).pass(keys);
    }

    @Override
    public Source filter(Scope scope) {
        KeysetQuery part = part(scope);
        new ScopeCheck(database, query.table().name()).pass(scope, part.all());
        return new KeysetSource(database, part, required);
    }

    @Override
    public Set<String> mentioned() {
        return Condition.names(query.conditions());
    }

    @Override
    public Source without(String condition) {
        return new KeysetSource(database, query.without(condition), required);
    }

    @Override
    public List<OpenTransaction> writers() {
        return database.read(
                "looking for transactions that write to " + query.table().name(),
                connection -> Writers.of(connection, query.table().name()));
    }

    @Override
    public String location() {
        return TableIdentity.of(database, query.table().name());
    }

    private KeysetQuery part(Scope scope) {
        try {
            return query.narrowed(scope);
        } catch (FatalFailure noKey) {
            List<String> names = query.key().stream().map(Column::name).toList();
            throw new UnfitScopeException(query.table().name() + " cannot be read " + scope.text()
                    + ": a key of it is written as " + KeyText.write(names) + ", with its values for the names");
        }
    }

    public PostgresDatabase database() {
        return database;
    }

    public Table table() {
        return query.table();
    }

    /** The columns that identify a row. */
    public List<Column> keyColumns() {
        return query.key();
    }

    @Override
    public List<Diagnostic> inspect() {
        return new TableLook(database, query.table()).walking(query.key(), query.selected());
    }

    @Override
    public String identity() {
        List<String> key = query.key().stream().map(Column::name).toList();
        String order = KeyCollation.of(database, query.table().name(), key);
        return TableIdentity.of(database, query.table().name()) + (order.isEmpty() ? "" : ", ordered by " + order);
    }

    @Override
    public String key(Row row) {
        return KeyText.write(query.key().stream()
                .map(each -> ValueText.text(each.type(), Objects.requireNonNull(row.get(each.name()))))
                .toList());
    }
}
