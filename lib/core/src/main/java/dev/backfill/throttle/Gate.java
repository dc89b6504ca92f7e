package dev.backfill.throttle;

import java.time.Duration;

/** Says whether work may begin; never waits itself, and is asked again after each wait. Used by one thread at a time. */
public interface Gate {
    /**
     * No time if this may be spent now; else how long to wait before asking again.
     *
     * @throws dev.backfill.run.PausedException if it is better to end the run than to wait
     */
    Duration ask(Cost planned);

    /** True if the first yes counts, because something was reserved; false if it must still hold when others have waited. */
    default boolean reserves() {
        return false;
    }

    /** What it is, for the status line: "replication lag". */
    String title();
}
