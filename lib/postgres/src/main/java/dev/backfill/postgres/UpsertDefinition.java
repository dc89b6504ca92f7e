package dev.backfill.postgres;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.plan.CountedDefinition;
import dev.backfill.postgres.catalog.Condition;
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
 * @param acceptSuppressedBecause why triggers or policies may skip or change some writes; nothing: they may not
 */
record UpsertDefinition(
        TableDefinition table, Upsert upsert, Optional<String> replaced, Optional<String> acceptSuppressedBecause)
        implements PostgresWords.Upsert, CountedDefinition {
    @Override
    public Optional<CountedDefinition> counted() {
        return Optional.of(this);
    }

    @Override
    public UpsertDefinition touching(String... columns) {
        return with(upsert.touching(List.of(columns)));
    }

    @Override
    public UpsertDefinition fallbackKey(String... columns) {
        return with(upsert.fallbackKey(List.of(columns)));
    }

    @Override
    public UpsertDefinition suffixDuplicates(String column) {
        return with(upsert.suffixDuplicates(column));
    }

    @Override
    public UpsertDefinition replaceWhere(String condition) {
        return new UpsertDefinition(
                table,
                upsert,
                condition.isBlank() ? Optional.empty() : Optional.of(condition),
                acceptSuppressedBecause);
    }

    @Override
    public UpsertDefinition overridingSystemValue() {
        return with(upsert.overriding());
    }

    @Override
    public UpsertDefinition acceptSuppressed(String reason) {
        return new UpsertDefinition(table, upsert, replaced, Optional.of(UpdateDefinition.reason(reason)));
    }

    private UpsertDefinition with(Upsert changed) {
        return new UpsertDefinition(table, changed, replaced, acceptSuppressedBecause);
    }

    @Override
    public Sink open(Resources resources) {
        if (upsert.matches() && replaced.isPresent()) {
            throw new FatalFailure("table('" + table.name()
                    + "'): replaceWhere(…) cannot be combined with fallbackKey(…) or suffixDuplicates(…)"
                    + ", which look for rows that are not replaced; use one of them");
        }
        if (upsert.matches()) {
            return MatchingSink.open(table.open(resources), upsert);
        }
        Condition.check(table.open(resources), table.name(), replaced.stream().toList());
        UpsertSink sink = UpsertSink.open(table.open(resources), upsert);
        return replaced.isPresent() ? new ReplacingSink(sink, replaced.get()) : sink;
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
