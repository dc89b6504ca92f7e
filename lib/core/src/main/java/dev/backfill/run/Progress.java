package dev.backfill.run;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far a run is after a batch.
 *
 * @param phase the index of the phase that is worked on
 * @param records how many records the batch had
 * @param details a line for each of them, if the script has some to print
 */
public record Progress(RunState state, int phase, long records, List<String> details) {
    public PhaseState current() {
        return state.phases().get(phase);
    }

    /** How many records the phase will read, if its source could say. */
    public OptionalLong expected() {
        return current().expected();
    }
}
