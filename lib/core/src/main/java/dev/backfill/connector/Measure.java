package dev.backfill.connector;

/** Reads a number that says how well a server is. Thread-safe. */
public interface Measure extends AutoCloseable {
    /** The number now; a {@link Failure} if it cannot be read. */
    double read();

    @Override
    default void close() {}
}
