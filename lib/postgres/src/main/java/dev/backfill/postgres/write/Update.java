package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Says what an update changes.
 *
 * @param conditions in SQL; only rows that fulfil all of them are there for it
 * @param whereNull a column that must be null in the row
 * @param returning columns that the record then has as the row does
 */
public record Update(
        TableName table,
        List<String> key,
        List<String> conditions,
        List<String> columns,
        Optional<String> whereNull,
        List<String> returning) {
    public Update {
        key = List.copyOf(key);
        conditions = List.copyOf(conditions);
        columns = List.copyOf(columns);
        returning = List.copyOf(returning);
    }
}
