package dev.backfill.plan;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.words.Noun;
import java.util.function.Consumer;

/** Describes rows that a target has now, to be looked through once. */
@Noun("table")
public interface RowsDefinition {
    /** Gives each of the rows, one after another, without keeping them. */
    void each(Resources resources, Consumer<Row> taker);

    /** What they are, for messages: "public.products in PostgreSQL". */
    String title();
}
