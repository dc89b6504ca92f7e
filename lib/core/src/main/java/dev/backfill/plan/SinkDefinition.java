package dev.backfill.plan;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Sink;
import dev.backfill.words.Noun;

/** Describes where records go. */
@Noun("sink")
public interface SinkDefinition {
    Sink open(Resources resources);

    /** What it is, for messages: "public.products in PostgreSQL". */
    String title();
}
