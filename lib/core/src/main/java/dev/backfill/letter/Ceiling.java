package dev.backfill.letter;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.connector.FatalFailure;

/** Ends a phase whose records are refused too often: then the script or the target is wrong, not the records. */
public final class Ceiling {
    private static final long RECORDS = 1_000;
    private static final double SHARE = 0.01;

    private Ceiling() {}

    public static void check(PhaseState state) {
        long letters = state.deadLetters();
        if (letters > RECORDS && letters > state.read() * SHARE) {
            throw new FatalFailure("phase " + state.name() + " has " + letters + " dead letters of " + state.read()
                    + " records, more than 1 %; look at them with 'status', mend the cause, and start again: it goes on"
                    + " after the last batch");
        }
    }
}
