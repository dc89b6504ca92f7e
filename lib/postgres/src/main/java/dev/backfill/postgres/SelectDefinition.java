package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.postgres.read.KeysetSource;
import java.util.List;

/** Describes reading a table in the order of its key. */
record SelectDefinition(TableDefinition table, List<String> columns) implements SourceDefinition {
    @Override
    public Source open(Resources resources) {
        return KeysetSource.open(table.open(resources), table.name(), table.keys(), columns, table.conditions());
    }

    @Override
    public String title() {
        return table.title();
    }

    /** A key may be any text, and a transaction that began earlier may be committed later. */
    @Override
    public boolean grows() {
        return true;
    }
}
