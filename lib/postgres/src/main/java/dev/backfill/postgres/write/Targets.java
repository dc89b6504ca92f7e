package dev.backfill.postgres.write;

import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import java.util.List;

/** Checks what a script wants to write. */
final class Targets {
    private Targets() {}

    /** The columns that are changed: all but the key's; {@link FatalFailure} if one is not ours to write. */
    static List<Column> of(Table table, List<String> key, List<String> columns) {
        List<Column> changed = table.columns(columns).stream()
                .filter(each -> !key.contains(each.name()))
                .distinct()
                .toList();
        for (Column column : changed) {
            if (column.computed()) {
                throw new FatalFailure(
                        table.name() + ": the server itself computes the column '" + column.name() + "'; leave it out");
            }
        }
        return changed;
    }
}
