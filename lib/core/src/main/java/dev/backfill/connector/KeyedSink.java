package dev.backfill.connector;

import java.util.List;

/**
 * A sink that can be given several batches side by side, because it says which records are for the same thing. Any other
 * sink gets its batches one at a time, in the order of the source. Thread-safe.
 */
public interface KeyedSink extends Sink {
    /** What the record is for: equal for two records that change the same thing in the target. */
    Object target(Row row);

    /** What each record of a batch is for, also where only the target can say that two of them change the same thing. */
    default List<Object> targets(List<Row> rows) {
        return rows.stream().map(this::target).toList();
    }

    /**
     * What keeps records in order between batches: equal for two records that may change the same thing, where only the target
     * can say whether they do.
     */
    default Object lane(Row row) {
        return target(row);
    }
}
