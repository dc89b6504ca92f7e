package dev.backfill.postgres;

import dev.backfill.connector.Lookup;
import dev.backfill.connector.Resources;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.postgres.read.ColumnLookup;
import java.util.List;

/** Describes finding rows by a column. */
record LookupByDefinition(TableDefinition table, String column, List<String> columns)
        implements PostgresWords.ByColumn {
    @Override
    public LookupDefinition select(String... more) {
        return new LookupByDefinition(table, column, List.of(more));
    }

    @Override
    public Lookup open(Resources resources) {
        return ColumnLookup.open(table.open(resources), table.name(), column, columns, table.conditions());
    }

    @Override
    public String title() {
        return table.name() + " by " + column + " in PostgreSQL";
    }
}
