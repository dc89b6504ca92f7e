package dev.backfill.connector;

/**
 * A sink that can be given several batches side by side, because it tells which records are for the same thing. Any other
 * sink gets its batches one at a time, in the order of the source. Thread-safe.
 */
public interface KeyedSink extends Sink {
    /** What the record is for: equal for two records that change the same thing in the target. */
    Object target(Row row);

    /**
     * What keeps records in order between batches: equal for two records that may change the same thing, where only the target
     * can tell whether they do.
     */
    default Object lane(Row row) {
        return target(row);
    }
}
