package dev.backfill.postgres.catalog;

import java.util.List;

/**
 * Columns that tell all rows of a table apart, by a unique index.
 *
 * @param walkable true if that index also gives the rows in the order of these columns
 */
public record UniqueKey(List<String> columns, boolean walkable) {
    public UniqueKey {
        columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
        return "key('" + String.join("', '", columns) + "')";
    }
}
