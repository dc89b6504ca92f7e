package dev.backfill.run;

import dev.backfill.checkpoint.LeaseHolder;

/** Another process works on the backfill. */
public final class OwnedException extends RuntimeException {
    public OwnedException(LeaseHolder holder, String why) {
        super("it is being run by " + holder.owner() + " since "
                + holder.owner().since() + ": " + why + ". Stop it there, or wait for its end.");
    }
}
