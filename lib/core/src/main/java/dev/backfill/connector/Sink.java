package dev.backfill.connector;

import dev.backfill.time.Deadline;
import java.util.List;

/**
 * Receives records. Writing a record twice leaves the same state as writing it once. Returns only when the target has
 * acknowledged the records; throws a {@link Failure} otherwise, never both.
 */
public interface Sink extends AutoCloseable {
    WriteResult write(List<Row> records);

    /**
     * The same, for a runner whose lease may end.
     *
     * @param deadline a sink that can handle it lets nothing take effect after that; then an {@link OversizedFailure}
     */
    default WriteResult writeBefore(Deadline deadline, List<Row> records) {
        return write(records);
    }

    /** The columns that each record must have; a value may be null. */
    default List<String> required() {
        return List.of();
    }

    /** What else it can do. A sink that wraps another one overrides this. */
    default SinkTraits traits() {
        return SinkTraits.of(this);
    }

    @Override
    default void close() {}
}
