package dev.backfill.connector;

import java.util.List;

/**
 * Receives records. Writing a record twice leaves the same state as writing it once. Returns only when the target has
 * acknowledged the records; throws a {@link Failure} otherwise, never both.
 */
public interface Sink extends AutoCloseable {
    Outcome write(List<Row> records);

    @Override
    default void close() {}
}
