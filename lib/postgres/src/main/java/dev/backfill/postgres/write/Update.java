package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Says what an update changes.
 *
 * @param conditions in SQL; only rows that fulfil all of them are there for it
 * @param whereNull a column that must be null in the row
 * @param returning columns that the record then has as the row does
 * @param acceptExisting true if any value that a row has in the column of whereNull is right
 */
public record Update(
        TableName table,
        List<String> key,
        List<String> conditions,
        List<String> columns,
        Optional<String> whereNull,
        List<String> returning,
        boolean acceptExisting) {
    public Update {
        key = List.copyOf(key);
        conditions = List.copyOf(conditions);
        columns = List.copyOf(columns);
        returning = List.copyOf(returning);
    }

    public Update(
            TableName table,
            List<String> key,
            List<String> conditions,
            List<String> columns,
            Optional<String> whereNull,
            List<String> returning) {
        this(table, key, conditions, columns, whereNull, returning, false);
    }

    /** The same, where any value that is there already is right. */
    public Update accepting() {
        return new Update(table, key, conditions, columns, whereNull, returning, true);
    }

    /** The same without one of the conditions. */
    Update without(String condition) {
        return new Update(
                table, key, Condition.without(conditions, condition), columns, whereNull, returning, acceptExisting);
    }

    /** True if a row is right only with what was given, though it is changed only where it is null. */
    boolean fillsIn() {
        return whereNull.filter(columns::contains).isPresent() && !acceptExisting;
    }
}
