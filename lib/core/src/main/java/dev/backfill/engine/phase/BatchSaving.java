package dev.backfill.engine.phase;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Batch;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.RepeatUntilStable;
import dev.backfill.flow.WrittenBatch;
import dev.backfill.letter.DeadLetters;
import dev.backfill.position.BatchResult;
import dev.backfill.position.Saving;
import java.time.Instant;
import java.util.List;

/**
 * Adds a written batch to the state of its run, with the dead letters for the records that were rejected.
 *
 * @param index the phase's place in the run
 * @param split the split's place in the phase
 * @param now when the dead letters are written
 */
record BatchSaving(OpenPhase phase, int index, int split, WrittenBatch written, Instant now) implements Saving {
    @Override
    public Done of(RunState before, long epoch) {
        BatchResult result = new BatchResult(phase.plan(), written.batch(), written.transformed(), written.progress());
        return new Done(before.with(index, result.added(before.phases().get(index), split, epoch)), letters(before));
    }

    private List<DeadLetter> letters(RunState before) {
        Batch batch = written.batch();
        List<Refusal> refusals = RepeatUntilStable.join(
                written.transformed().refusals(), written.progress().refusals());
        DeadLetters letters = new DeadLetters(before.id(), phase.plan().name(), phase.source()::key);
        return RepeatUntilStable.join(letters.ofUnreadable(batch.unreadable(), now), letters.of(refusals, now));
    }
}
