package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Says what an upsert adds or changes.
 *
 * @param touched columns that get the time of the change, wherever something changes
 * @param orBy columns by which a row that has no key yet is found, the first that finds one counts
 * @param distinct a column whose value gets letters at its end if another row has it already
 * @param overridingSystemValue true if rows are added with keys that the server would otherwise make itself
 */
public record Upsert(
        TableName table,
        List<String> key,
        List<String> columns,
        List<String> touched,
        List<String> orBy,
        Optional<String> distinct,
        boolean overridingSystemValue) {
    public Upsert {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        touched = List.copyOf(touched);
        orBy = List.copyOf(orBy);
    }

    public static Upsert of(TableName table, List<String> key, List<String> columns) {
        return new Upsert(table, key, columns, List.of(), List.of(), Optional.empty(), false);
    }

    /** True if rows are also found by something else than their key. */
    public boolean matches() {
        return !orBy.isEmpty() || distinct.isPresent();
    }

    public Upsert touching(List<String> more) {
        return new Upsert(table, key, columns, more, orBy, distinct, overridingSystemValue);
    }

    public Upsert orBy(List<String> more) {
        return new Upsert(table, key, columns, touched, more, distinct, overridingSystemValue);
    }

    public Upsert distinct(String column) {
        return new Upsert(table, key, columns, touched, orBy, Optional.of(column), overridingSystemValue);
    }

    /** With the keys that are given, where the server would otherwise make them itself. */
    public Upsert overriding() {
        return new Upsert(table, key, columns, touched, orBy, distinct, true);
    }
}
