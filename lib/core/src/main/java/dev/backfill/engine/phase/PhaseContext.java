package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.pacing.Entrance;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Ceiling;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.retry.Retry;
import dev.backfill.run.Concurrency;
import dev.backfill.run.RunContext;
import java.time.Instant;
import java.util.List;

/**
 * Holds what a phase is worked on with, and answers where it is.
 *
 * @param index the phase's place in the plan
 * @param repeatUntilStable true to look at records again after they were written
 */
public record PhaseContext(
        int index,
        OpenPhase phase,
        RunContext run,
        CheckpointWriter keeper,
        SinkChain chain,
        Entrance entrance,
        boolean repeatUntilStable,
        Concurrency concurrency,
        Ceiling ceiling) {
    /** The same for another look at the phase. */
    PhaseContext of(OpenPhase other) {
        return new PhaseContext(index, other, run, keeper, chain, entrance, repeatUntilStable, concurrency, ceiling);
    }

    /** Where the phase is, as it was saved last. */
    PhaseState state() {
        return keeper.phase(index);
    }

    void saveSplits(List<SplitState> splits) {
        keeper.save(state -> state.with(index, state().withSplits(splits)));
    }

    void saveBegun(List<SplitState> splits) {
        keeper.save(state -> state.with(index, state().begun(splits)));
    }

    void saveDone() {
        keeper.save(state -> state.with(index, state().with(WorkStatus.DONE)));
    }

    Retry retry() {
        return run.retry();
    }

    Instant now() {
        return run.time().now();
    }

    /** Compares the phase's dead letters with what the plan allows. */
    void checkDeadLetters() {
        ceiling.check(state());
    }
}
