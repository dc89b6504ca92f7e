package dev.backfill.postgres.catalog;

import java.util.List;

/**
 * Columns that identify all rows of a table, by a unique index.
 *
 * @param walkable true if that index also gives the rows in the order of these columns
 * @param comparisons how the index compares each of them
 */
public record UniqueKey(List<String> columns, boolean walkable, List<Comparison> comparisons) {
    public UniqueKey {
        columns = List.copyOf(columns);
        comparisons = List.copyOf(comparisons);
    }

    /** The column as this index compares it, if it is one of its own. */
    Column compared(Column column) {
        int place = columns.indexOf(column.name());
        return place < 0 ? column : column.comparedBy(comparisons.get(place));
    }

    /** True if no two keys of different texts are the same for this index. */
    boolean byText() {
        return comparisons.stream().allMatch(Comparison::byText);
    }

    /** As a script names these columns. */
    static String words(List<String> columns) {
        return "key('" + String.join("', '", columns) + "')";
    }

    @Override
    public String toString() {
        return words(columns);
    }
}
