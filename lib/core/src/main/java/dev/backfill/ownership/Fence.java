package dev.backfill.ownership;

import dev.backfill.time.Deadline;

/** Keeps a runner that may have lost its lease from changing anything. */
@FunctionalInterface
public interface Fence {
    /**
     * Returns when the lease is ours beyond doubt, and until when it surely stays so; {@link dev.backfill.checkpoint.LeaseLostException} if it is not, {@link
     * dev.backfill.connector.FatalFailure} if that cannot be found out.
     */
    Deadline check();

    /** For those who only look. */
    static Fence none() {
        return Deadline::none;
    }
}
