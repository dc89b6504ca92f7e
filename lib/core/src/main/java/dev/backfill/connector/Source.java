package dev.backfill.connector;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Supplies records in one fixed order, so that reading can continue after any cursor. Reading the same range again gives
 * the same records, but for what was changed in the meantime. One thread at a time reads a split; different splits may be read
 * side by side.
 */
public interface Source extends AutoCloseable {
    /** Plans ranges that together cover all that is there now, at most as many as wanted; at least one. */
    List<Split> splits(int wanted);

    /** Reads at most limit records after the cursor, and none beyond the split's end. */
    Batch read(Split split, Cursor after, int limit);

    /** The key of one of its records as text, for messages and dead letters. */
    String key(Row row);

    /**
     * Makes a record as this source gives it, of the fields that a dead letter contains. {@link IllegalArgumentException}
     * with the reason if they are not one of its records.
     *
     * @param fields from JSON: whole numbers as Long or BigInteger, others exact, times and bytes as texts
     */
    default Row restored(Map<String, @Nullable Object> fields) {
        return Row.of(fields);
    }

    /** False if a cursor is only progress: after a restart such a source is read from its start again. */
    default boolean resumable() {
        return true;
    }

    /** What else it can do. A source that wraps another one overrides this. */
    default SourceTraits traits() {
        return SourceTraits.of(this);
    }

    @Override
    default void close() {}
}
