package dev.backfill.flow;

import dev.backfill.connector.Batch;
import java.time.Duration;

/**
 * A batch that has been through its sinks, so that it can be saved.
 *
 * @param took how long its steps and writes have taken
 */
public record WrittenBatch(Batch batch, TransformedBatch transformed, BatchProgress progress, Duration took) {
    /** The same batch after more sinks. */
    public WrittenBatch with(BatchProgress further) {
        return new WrittenBatch(batch, transformed, further, took);
    }

    public WrittenBatch within(Duration time) {
        return new WrittenBatch(batch, transformed, progress, time);
    }
}
