package dev.backfill.plan;

import java.time.Duration;

/** One limit on the speed of a run. */
public sealed interface ThrottleRule {
    /** Waits for this time after each batch. */
    record Pause(Duration time) implements ThrottleRule {}

    /** At most so many records in each such time. */
    record Rate(double records, Duration per) implements ThrottleRule {
        public Rate {
            if (records <= 0) {
                throw new IllegalArgumentException("a rate must be above 0, but is " + records);
            }
        }
    }
}
