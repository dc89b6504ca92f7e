package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.plan.CountedDefinition;
import dev.backfill.postgres.write.MatchingSink;
import dev.backfill.postgres.write.ReplacingSink;
import dev.backfill.postgres.write.Upsert;
import dev.backfill.postgres.write.UpsertSink;
import java.util.List;
import java.util.Optional;

/**
 * Describes adding rows, or changing those that exist.
 *
 * @param replaced a condition in SQL for the rows that are deleted first; nothing: none
 */
record UpsertDefinition(TableDefinition table, Upsert upsert, Optional<String> replaced)
        implements PostgresWords.Upsert, CountedDefinition {
    @Override
    public UpsertDefinition touching(String... columns) {
        return new UpsertDefinition(table, upsert.touching(List.of(columns)), replaced);
    }

    @Override
    public UpsertDefinition orBy(String... columns) {
        return new UpsertDefinition(table, upsert.orBy(List.of(columns)), replaced);
    }

    @Override
    public UpsertDefinition distinct(String column) {
        return new UpsertDefinition(table, upsert.distinct(column), replaced);
    }

    @Override
    public UpsertDefinition replacing(String condition) {
        return new UpsertDefinition(table, upsert, condition.isBlank() ? Optional.empty() : Optional.of(condition));
    }

    @Override
    public Sink open(Resources resources) {
        if (upsert.matches()) {
            return MatchingSink.open(table.open(resources), upsert);
        }
        UpsertSink sink = UpsertSink.open(table.open(resources), upsert);
        return replaced.isPresent() ? new ReplacingSink(sink, table.name(), replaced.get()) : sink;
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
