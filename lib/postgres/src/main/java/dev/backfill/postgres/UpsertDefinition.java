package dev.backfill.postgres;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FileEnvelope;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.CountedDefinition;
import dev.backfill.plan.EnvelopeCheck;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.write.MatchingSink;
import dev.backfill.postgres.write.ReplacingSink;
import dev.backfill.postgres.write.Upsert;
import dev.backfill.postgres.write.UpsertSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Describes adding rows, or changing those that exist.
 *
 * @param replacement which rows are deleted first
 * @param acceptSuppressedBecause why triggers or policies may skip or change some writes; nothing: they may not
 */
record UpsertDefinition(
        TableDefinition table, Upsert upsert, Replacement replacement, Optional<String> acceptSuppressedBecause)
        implements PostgresWords.Upsert, CountedDefinition, EnvelopeCheck, RowsDefinition {
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
        return with(Replacement.of(condition, table.database().context()));
    }

    @Override
    public UpsertDefinition replaceWhere(Map<String, Object> conditions) {
        return with(Replacement.chosen(conditions, table.database().context()));
    }

    @Override
    public UpsertDefinition expecting(String place, CheckFunction number) {
        return with(replacement.expecting(place, number));
    }

    @Override
    public List<String> objections(FileEnvelope envelope) {
        return replacement.objections(
                envelope, table.database().context().scope().begun());
    }

    @Override
    public UpsertDefinition overridingSystemValue() {
        return with(upsert.overriding());
    }

    @Override
    public UpsertDefinition acceptSuppressed(String reason) {
        return new UpsertDefinition(table, upsert, replacement, Optional.of(UpdateDefinition.reason(reason)));
    }

    private UpsertDefinition with(Upsert changed) {
        return new UpsertDefinition(table, changed, replacement, acceptSuppressedBecause);
    }

    private UpsertDefinition with(Replacement changed) {
        return new UpsertDefinition(table, upsert, changed, acceptSuppressedBecause);
    }

    @Override
    public Sink open(Resources resources) {
        Optional<String> replaced = replacement.condition();
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
    public void each(Resources resources, Consumer<Row> taker) {
        table.each(resources, taker);
    }

    @Override
    public String title() {
        return table.title();
    }
}
