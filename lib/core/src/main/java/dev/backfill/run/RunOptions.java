package dev.backfill.run;

import java.util.OptionalInt;

/**
 * What the command line changes about a run.
 *
 * @param batch how many records go together, in every phase
 * @param waitForOwner false to give up at once if another owner's lease has yet to expire
 * @param dryRun true to do everything but write; the store is then one that forgets
 * @param restart true to begin again, whatever the checkpoint says
 * @param acceptChanges true to continue although the script, or what it works on, is another than at the beginning
 */
public record RunOptions(
        OptionalInt batch,
        boolean waitForOwner,
        boolean dryRun,
        boolean restart,
        boolean acceptChanges,
        Extent extent,
        Concurrency concurrency,
        boolean exitOnPause) {
    public static RunOptions standard() {
        return new RunOptions(
                OptionalInt.empty(), true, false, false, false, Extent.all(), Concurrency.standard(), false);
    }

    /** The same for another part. */
    public RunOptions with(Extent part) {
        return new RunOptions(batch, waitForOwner, dryRun, restart, acceptChanges, part, concurrency, exitOnPause);
    }

    /** The same, begun again. */
    public RunOptions restarted() {
        return new RunOptions(batch, waitForOwner, dryRun, true, acceptChanges, extent, concurrency, exitOnPause);
    }

    /** The same, without writing. */
    public RunOptions dry() {
        return new RunOptions(batch, waitForOwner, true, restart, acceptChanges, extent, concurrency, exitOnPause);
    }

    /** The same, with so much happening at the same time. */
    public RunOptions with(Concurrency wanted) {
        return new RunOptions(batch, waitForOwner, dryRun, restart, acceptChanges, extent, wanted, exitOnPause);
    }
}
