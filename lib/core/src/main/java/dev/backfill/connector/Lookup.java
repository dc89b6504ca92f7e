package dev.backfill.connector;

import java.util.Collection;
import java.util.Map;

/** Finds records in bulk by the value of one column. */
public interface Lookup extends AutoCloseable {
    /** The record for each of these values that was found, by the value as text; no order is promised. */
    Map<String, Row> find(Collection<String> values);

    @Override
    default void close() {}
}
