package dev.backfill.run;

import dev.backfill.checkpoint.RunState;

/**
 * How a run ended without an error.
 *
 * @param state as it was saved last
 * @param worked false if there was nothing left to do
 * @param deadLetters how many records wait for a person
 */
public record RunResult(RunState state, boolean worked, long deadLetters) {}
