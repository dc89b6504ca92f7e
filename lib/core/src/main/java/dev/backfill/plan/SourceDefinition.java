package dev.backfill.plan;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.words.Noun;

/** Describes where records come from. */
@Noun("source")
public interface SourceDefinition {
    Source open(Resources resources);

    /** What it is, for messages: "public.products in PostgreSQL". */
    String title();

    /** How a documented checkpoint shows a cursor: a text, or a whole number. */
    default Object shown(Cursor cursor) {
        return cursor.text();
    }
}
