package dev.backfill.throttle;

import java.time.Duration;

/** Decides how long to wait; never waits itself. Used by one thread. */
public interface Throttle {
    /** How long to wait before the next batch now that this much was spent. */
    Duration reserve(Cost cost);

    /** What it is, for the status line: "pause 1 s". */
    String title();
}
