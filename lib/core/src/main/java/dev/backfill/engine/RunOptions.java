package dev.backfill.engine;

import java.util.OptionalInt;

/**
 * What the command line changes about a run.
 *
 * @param batch how many records go together, in every phase
 * @param waitForOwner false to give up at once if another owner's lease has yet to expire
 */
public record RunOptions(OptionalInt batch, boolean waitForOwner) {
    public static RunOptions standard() {
        return new RunOptions(OptionalInt.empty(), true);
    }
}
