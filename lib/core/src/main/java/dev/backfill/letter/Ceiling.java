package dev.backfill.letter;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.connector.FatalFailure;
import dev.backfill.plan.DeadLetterLimit;
import dev.backfill.words.Quantity;

/** Ends a phase whose records are refused too often: then the script or the target is wrong, not the records. */
public record Ceiling(DeadLetterLimit limit, CheckpointStore store) {
    /** Those that were fixed in the meantime do not count any more; so the store is asked, but only when there is a reason to. */
    public void check(PhaseState state) {
        if (!limit.exceeded(state.deadLetters(), state.read())) {
            return;
        }
        long letters = Math.min(state.deadLetters(), store.countDeadLetters());
        if (limit.exceeded(letters, state.read())) {
            throw new FatalFailure("phase " + state.name() + " has " + Quantity.of(letters, "dead letter") + " of "
                    + Quantity.of(state.read(), "record") + ", " + limit.text()
                    + "; look at them with 'status', fix the cause, try them again with 'retry', then start"
                    + " again: it resumes after the last batch. To continue all the same, allow more:"
                    + " --max-dead-letters");
        }
    }
}
