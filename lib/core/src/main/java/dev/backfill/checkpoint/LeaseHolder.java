package dev.backfill.checkpoint;

import java.time.Instant;
import java.util.function.Function;

/**
 * Who holds the lease of a checkpoint, as the store sees it.
 *
 * @param beats changes with every heartbeat
 * @param expired true if the last beat is older than the lease lasts, by the store's own clock
 */
public record LeaseHolder(Owner owner, long beats, boolean expired) {
    /** True if a process may be at work now that still has its right. */
    public boolean works() {
        return !expired && !owner.revoked();
    }

    /**
     * The owner, since when, and what has become of its right.
     *
     * @param time writes an instant
     */
    public String text(Function<Instant, String> time) {
        String right = owner.revoked() ? ", taken over; it may still write until its lease has expired" : "";
        return owner + " since " + time.apply(owner.since()) + (expired ? ", its lease has expired" : right);
    }
}
