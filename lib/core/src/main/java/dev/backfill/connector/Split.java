package dev.backfill.connector;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A planned range of a source that is worked through on its own.
 *
 * @param ordinal counts the splits of a phase from 0
 * @param after where it begins, that record itself not included
 * @param upTo its last record; nothing where the source alone knows its end
 * @param rows how many records are expected, if that is known
 */
public record Split(int ordinal, Cursor after, Optional<Cursor> upTo, OptionalLong rows) {
    /** The whole of a source whose end only the source itself knows. */
    public static Split whole() {
        return new Split(0, Cursor.start(), Optional.empty(), OptionalLong.empty());
    }
}
