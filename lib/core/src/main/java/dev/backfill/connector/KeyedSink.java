package dev.backfill.connector;

/**
 * A sink that can be given several batches side by side, because it tells which records are for the same thing. Any other
 * sink gets its batches one at a time, in the order of the source. Thread-safe.
 */
public interface KeyedSink extends Sink {
    /** What the record is for: equal for two records that change the same thing in the target. */
    Object target(Row row);
}
