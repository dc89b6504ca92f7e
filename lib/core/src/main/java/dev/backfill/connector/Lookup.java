package dev.backfill.connector;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds records in bulk by the value of one column. */
public interface Lookup extends AutoCloseable {
    /** The record for each of these values that was found, by the value as text; no order is promised. */
    Map<String, Row> find(Collection<String> values);

    /** Reports problems before a run; nothing if it does not look for any. */
    default Optional<Inspectable> inspectable() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
