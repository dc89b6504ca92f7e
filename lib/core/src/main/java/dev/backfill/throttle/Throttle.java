package dev.backfill.throttle;

import java.time.Duration;

/** Decides how long to wait; never waits itself. Used by one thread at a time. */
public interface Throttle {
    /** How long to wait before the next batch now that this much was spent. */
    Duration reserve(Cost cost);

    /** True if the wait begins when the batch is finished, false if it counts from its beginning. */
    default boolean betweenBatches() {
        return false;
    }

    /** What it is, for the status line: "pause 1 s". */
    String title();
}
