package dev.backfill.postgres.read;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Lookup;
import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.inspect.RowSecurity;
import dev.backfill.postgres.inspect.TableLook;
import dev.backfill.postgres.value.ColumnReader;
import dev.backfill.postgres.value.UnfitValueException;
import dev.backfill.postgres.value.ValueText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds rows by one column, all values in one statement. A value that is none for the column is not found. Two rows of
 * one value are an error, unless nothing but that value is asked for. Thread-safe.
 */
public final class ColumnLookup implements Lookup, Inspectable {
    private final PostgresDatabase database;
    private final Table table;
    private final Column by;
    private final List<Column> selected;
    private final Columns columns;
    private final String statement;

    private ColumnLookup(PostgresDatabase database, Table table, Column by, List<Column> selected, List<String> where) {
        this.database = database;
        this.table = table;
        this.by = by;
        this.selected = selected;
        this.columns = ColumnReader.columns(selected);
        this.statement = statement(where);
    }

    /**
     * Checks the table and its columns. {@link FatalFailure} if they are not there.
     *
     * @param selected what a found record has; nothing: the column itself
     * @param conditions in SQL; a row must fulfil all of them to be found
     */
    public static ColumnLookup open(
            PostgresDatabase database, TableName name, String by, List<String> selected, List<String> conditions) {
        Table table = Catalog.readable(database, name, List.of());
        new RowSecurity(database, table.name())
                .pass("looking up " + table.name() + " by " + by + " in " + database.title());
        List<String> read = selected.isEmpty() ? List.of(by) : selected;
        Column column = table.columns(List.of(by)).get(0);
        Condition.check(database, table.name(), conditions);
        return new ColumnLookup(database, table, column, table.columns(read), conditions);
    }

    /** The values have numbers, so that what is found goes back to the very text that was asked for. */
    private String statement(List<String> conditions) {
        return "select backfill_asked.number, "
                + selected.stream()
                        .map(each -> each.type().read("backfill_found." + each.sql()))
                        .collect(Collectors.joining(", "))
                + " from unnest(cast(? as text[])) with ordinality as backfill_asked(value, number) join (select *"
                + " from "
                + table.name().sql() + " where true" + Condition.and(conditions) + ") as backfill_found"
                + " on "
                + by.comparison().same("backfill_found." + by.sql(), by.type().cast("backfill_asked.value"));
    }

    @Override
    public Optional<Inspectable> inspectable() {
        return Optional.of(this);
    }

    @Override
    public List<Diagnostic> inspect() {
        return new TableLook(database, table).finding(by, selected);
    }

    @Override
    public Map<String, Row> find(Collection<String> values) {
        Map<String, String> askable = askable(values);
        if (askable.isEmpty()) {
            return Map.of();
        }
        String doing = "looking up " + table.name() + " by " + by.name() + " in " + database.title();
        try {
            return database.read(doing, connection -> find(connection, askable));
        } catch (FatalFailure refused) {
            Map<String, String> readable = readable(askable, refused);
            return readable.isEmpty() ? Map.of() : database.read(doing, connection -> find(connection, readable));
        }
    }

    /** What is left without the texts that the server cannot read; the failure goes through if they are not to blame. */
    private Map<String, String> readable(Map<String, String> askable, FatalFailure refused) {
        if (refused.getCause() instanceof SQLException error && PostgresFailures.blamesValues(error)) {
            Set<String> texts = Set.copyOf(
                    new KeyCheck(database, table, List.of(by)).readable(List.copyOf(Set.copyOf(askable.values()))));
            Map<String, String> readable = new LinkedHashMap<>(askable);
            if (readable.values().retainAll(texts)) {
                return readable;
            }
        }
        throw refused;
    }

    /** The texts that are values of the column, as the server reads them. */
    private Map<String, String> askable(Collection<String> values) {
        Map<String, String> askable = new LinkedHashMap<>();
        for (String value : values) {
            try {
                askable.put(value, ValueText.text(by.type(), value));
            } catch (UnfitValueException e) {
                // A text that is no value of this column is in no row.
            }
        }
        return askable;
    }

    private Map<String, Row> find(Connection connection, Map<String, String> askable) throws SQLException {
        List<String> asked = List.copyOf(askable.keySet());
        Map<String, Row> found = new HashMap<>();
        try (PreparedStatement lookup = connection.prepareStatement(statement)) {
            lookup.setArray(
                    1,
                    connection.createArrayOf(
                            "text", asked.stream().map(askable::get).toArray()));
            ResultSet rows = lookup.executeQuery();
            while (rows.next()) {
                add(found, asked.get(rows.getInt(1) - 1), Row.of(columns, ColumnReader.row(rows, selected, 2)));
            }
        }
        return found;
    }

    private void add(Map<String, Row> found, String value, Row row) {
        boolean more = selected.stream().anyMatch(each -> !each.equals(by));
        if (found.put(value, row) != null && more) {
            throw new FatalFailure("more than one row of " + table.name() + " has " + by.name() + " = '" + value
                    + "'; narrow it down with where(…)");
        }
    }
}
