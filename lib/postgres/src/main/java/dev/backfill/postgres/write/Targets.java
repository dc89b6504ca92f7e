package dev.backfill.postgres.write;

import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.catalog.Children;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.WriteRules;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.util.List;
import java.util.stream.Collectors;

/** Checks what a script wants to write. */
final class Targets {
    private Targets() {}

    /** What decides how rows are added; {@link FatalFailure} with the next step if none can be. */
    static WriteRules rules(PostgresDatabase database, Table table, List<Column> key, boolean overriding) {
        Children.refuse(database, table, List.of());
        WriteRules rules = WriteRules.of(database, table.name());
        if (rules.rules()) {
            throw new FatalFailure(
                    table.name() + " has a rule that rewrites inserts or updates, and PostgreSQL takes no"
                            + " upsert there; drop the rule, make it a trigger, or use update(…)");
        }
        if (!overriding && !rules.adding(key).isEmpty()) {
            throw new FatalFailure(table.name() + ": the server makes the key "
                    + key.stream().map(Column::name).collect(Collectors.joining(", "))
                    + " itself (generated always as identity), so that the script cannot choose the key of a"
                    + " new row; add"
                    + " overridingSystemValue() to upsert(…) if that is wanted, or use update(…)");
        }
        return rules;
    }

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
