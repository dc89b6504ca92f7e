package dev.backfill.plan;

import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.words.Noun;

/** Describes where records come from. */
@Noun("source")
public interface SourceDefinition {
    Source open(Resources resources);

    /** What it is, for messages: "public.products in PostgreSQL". */
    String title();
}
