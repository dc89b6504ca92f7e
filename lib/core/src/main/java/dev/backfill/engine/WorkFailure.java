package dev.backfill.engine;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.plan.ScriptException;
import dev.backfill.words.Quantity;

/**
 * Turns what would be wrong use before the work into a failure of the run, because something may be written by now: the
 * position is kept, and the same command resumes there.
 */
final class WorkFailure {
    private WorkFailure() {}

    /**
     * @param phase as it was saved last
     */
    static RuntimeException of(RuntimeException failure, PhaseState phase) {
        boolean argument = failure instanceof IllegalArgumentException || failure instanceof UnfitScopeException;
        boolean script = failure instanceof ScriptException && phase.batches() > 0;
        return argument || script
                ? new FatalFailure(
                        "phase '" + phase.name() + "' stopped after " + Quantity.of(phase.read(), "record") + ": "
                                + failure.getMessage()
                                + "; correct the cause and start again: the run resumes after the last saved batch",
                        failure)
                : failure;
    }
}
