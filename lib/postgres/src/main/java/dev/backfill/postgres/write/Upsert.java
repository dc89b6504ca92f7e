package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Says what an upsert adds or changes.
 *
 * @param touched columns that get the time of the change, wherever something changes
 * @param fallbackKey columns by which a row that has no key yet is found, the first that finds one counts
 * @param suffixDuplicates a column whose value gets letters at its end if another row has it already
 * @param overridingSystemValue true if rows are added with keys that the server would otherwise make itself
 */
public record Upsert(
        TableName table,
        List<String> key,
        List<String> columns,
        List<String> touched,
        List<String> fallbackKey,
        Optional<String> suffixDuplicates,
        boolean overridingSystemValue) {
    public Upsert {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        touched = List.copyOf(touched);
        fallbackKey = List.copyOf(fallbackKey);
    }

    public static Upsert of(TableName table, List<String> key, List<String> columns) {
        return new Upsert(table, key, columns, List.of(), List.of(), Optional.empty(), false);
    }

    /** True if rows are also found by something else than their key. */
    public boolean matches() {
        return !fallbackKey.isEmpty() || suffixDuplicates.isPresent();
    }

    public Upsert touching(List<String> more) {
        return new Upsert(table, key, columns, more, fallbackKey, suffixDuplicates, overridingSystemValue);
    }

    public Upsert fallbackKey(List<String> more) {
        return new Upsert(table, key, columns, touched, more, suffixDuplicates, overridingSystemValue);
    }

    public Upsert suffixDuplicates(String column) {
        return new Upsert(table, key, columns, touched, fallbackKey, Optional.of(column), overridingSystemValue);
    }

    /** With the keys that are given, where the server would otherwise make them itself. */
    public Upsert overriding() {
        return new Upsert(table, key, columns, touched, fallbackKey, suffixDuplicates, true);
    }
}
