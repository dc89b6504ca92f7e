package dev.backfill.postgres;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.postgres.write.Update;
import dev.backfill.postgres.write.UpdateSink;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Describes changing rows that exist. */
record UpdateDefinition(
        TableDefinition table,
        List<String> columns,
        Optional<String> nullColumn,
        Optional<String> acceptExistingBecause,
        List<String> read,
        Optional<String> acceptSuppressedBecause)
        implements PostgresWords.Update, RowsDefinition {
    @Override
    public UpdateDefinition whereNull(String column) {
        return new UpdateDefinition(
                table, columns, Optional.of(column), acceptExistingBecause, read, acceptSuppressedBecause);
    }

    @Override
    public UpdateDefinition acceptExisting(String reason) {
        return new UpdateDefinition(table, columns, nullColumn, Optional.of(reason), read, acceptSuppressedBecause);
    }

    @Override
    public UpdateDefinition returning(String... more) {
        return new UpdateDefinition(
                table, columns, nullColumn, acceptExistingBecause, List.of(more), acceptSuppressedBecause);
    }

    @Override
    public UpdateDefinition acceptSuppressed(String reason) {
        return new UpdateDefinition(
                table, columns, nullColumn, acceptExistingBecause, read, Optional.of(reason(reason)));
    }

    /** One that says something. */
    static String reason(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "acceptSuppressed needs a reason: say why the database may skip or change rows");
        }
        return text;
    }

    @Override
    public Sink open(Resources resources) {
        if (acceptExistingBecause.isPresent() && nullColumn.isEmpty()) {
            throw new IllegalArgumentException(
                    "acceptExisting('…') needs whereNull('…'): which column may contain anything");
        }
        Update update = new Update(table.name(), table.keys(), table.conditions(), columns, nullColumn, read);
        return UpdateSink.open(table.open(resources), acceptExistingBecause.isPresent() ? update.accepting() : update);
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
