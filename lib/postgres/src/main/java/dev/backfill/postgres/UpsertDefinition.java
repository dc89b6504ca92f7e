package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.plan.CountedDefinition;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.postgres.write.UpsertSink;
import java.util.List;

/** Describes adding rows, or changing those that exist. */
record UpsertDefinition(TableDefinition table, List<String> columns) implements SinkDefinition, CountedDefinition {
    @Override
    public Sink open(Resources resources) {
        return UpsertSink.open(table.open(resources), table.name(), table.keys(), columns);
    }

    @Override
    public long count(Resources resources) {
        return table.count(resources);
    }

    @Override
    public String title() {
        return table.title();
    }
}
