package dev.backfill.run;

import dev.backfill.checkpoint.RunState;
import java.util.OptionalLong;

/**
 * How a run ended without an error.
 *
 * @param state as it was saved last
 * @param worked false if there was nothing left to do
 * @param lookedAgain how many records a done run found when it looked once more for new rows; nothing if it did not look
 * @param deadLetters how many records wait for a person
 */
public record RunResult(RunState state, boolean worked, OptionalLong lookedAgain, long deadLetters) {
    /** That of a run which did not look again after its end. */
    public RunResult(RunState state, boolean worked, long deadLetters) {
        this(state, worked, OptionalLong.empty(), deadLetters);
    }
}
