package dev.backfill.validation;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.MemoryStore;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.connector.Scope;
import dev.backfill.engine.Runner;
import dev.backfill.ownership.Heart;
import dev.backfill.ownership.HeartBeats;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.run.Concurrency;
import dev.backfill.run.Conditions;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.Processes;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs a backfill once more for the records that did not agree, as the owner of its checkpoint, which does not move. */
public record Repair(Backfill plan, Conditions conditions, Processes processes) {
    /** How many records were written. */
    public long of(List<Verdict> verdicts, OpenResources resources, CheckpointStore store) {
        Lease lease = new Ownership(store, conditions, processes).take(false);
        long written = 0;
        try (HeartBeats beats = HeartBeats.start(new Heart(store, lease, conditions.waiter()))) {
            for (Verdict verdict : verdicts) {
                beats.heart().check();
                written += again(verdict, resources);
            }
        } finally {
            store.release(lease);
        }
        return written;
    }

    private long again(Verdict verdict, OpenResources resources) {
        List<String> keys =
                verdict.wrong().stream().map(Suspect::key).distinct().toList();
        if (keys.isEmpty()) {
            return 0;
        }
        Extent extent = new Extent(
                Optional.of(verdict.phase()), Scope.all(), Optional.of(keys), OptionalLong.empty(), Optional.empty());
        RunOptions options =
                new RunOptions(OptionalInt.empty(), false, false, false, true, extent, Concurrency.standard(), false);
        RunResult result =
                new Runner(plan, options, conditions, processes).run(resources, new MemoryStore(conditions.time()));
        return result.state().phases().stream()
                .map(PhaseState::sinks)
                .flatMap(List::stream)
                .mapToLong(SinkCounts::written)
                .sum();
    }
}
