package dev.backfill.plan;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Source;
import dev.backfill.words.Noun;
import java.util.Map;

/** Describes where records come from. */
@Noun("source")
public interface SourceDefinition {
    Source open(Resources resources);

    /** What it is, for messages: "public.products in PostgreSQL". */
    String title();

    /** Where the records are from, for the envelope of a file that is made of them: source, and endpoint if it has one. */
    default Map<String, Object> origin() {
        return Map.of("source", title());
    }

    /** True if records may come before a position that was passed already, so that a script must say who handles them. */
    default boolean grows() {
        return false;
    }

    /** How a documented checkpoint shows a cursor: a text, or a whole number. */
    default Object shown(Cursor cursor) {
        return cursor.text();
    }
}
