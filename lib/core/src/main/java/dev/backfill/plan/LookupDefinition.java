package dev.backfill.plan;

import dev.backfill.connector.Lookup;
import dev.backfill.connector.Resources;
import dev.backfill.words.Noun;

/** Describes where records are found by a column. */
@Noun("lookup")
public interface LookupDefinition {
    Lookup open(Resources resources);

    /** What it is, for messages: "public.products by id in PostgreSQL". */
    String title();
}
