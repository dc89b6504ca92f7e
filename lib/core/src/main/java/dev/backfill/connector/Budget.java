package dev.backfill.connector;

import java.time.Duration;

/** What may be spent in any time as long as a period, counted where all processes see it. Thread-safe. */
public interface Budget extends AutoCloseable {
    /**
     * Sets so much aside, before it is spent: no time if it was, else how long to wait before there can be room for it, and
     * nothing is set aside. What was set aside and never spent, because the process died, counts all the same.
     */
    Duration reserve(long amount);

    @Override
    default void close() {}
}
