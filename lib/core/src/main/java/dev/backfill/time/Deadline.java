package dev.backfill.time;

import java.time.Duration;

/** An instant until which something may take effect. Thread-safe. */
@FunctionalInterface
public interface Deadline {
    /** The time until then; negative once it is over. */
    Duration left();

    /** For what may take as long as it takes. */
    static Deadline none() {
        return () -> Duration.ofDays(1);
    }
}
