package dev.backfill.validation;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.MemoryStore;
import dev.backfill.connector.Scope;
import dev.backfill.engine.Runner;
import dev.backfill.ownership.LeaseGuard;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.run.Concurrency;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs a backfill once more for the records that did not agree, as the owner of its checkpoint, which does not move. */
public record Repair(Backfill plan, RunContext context, Processes processes) {
    /**
     * What a repair did.
     *
     * @param written records that were written
     * @param left records that were left as they are: the source's conditions do not hold for them
     */
    public record Repaired(long written, long left) {
        private Repaired plus(Repaired more) {
            return new Repaired(written + more.written, left + more.left);
        }
    }

    public Repaired of(List<Verdict> verdicts, OpenResources resources, CheckpointStore store) {
        CheckpointStore patient = context.retrying(store);
        Lease lease = new Ownership(store, context, processes).take(false);
        Repaired all = new Repaired(0, 0);
        try (LeaseGuard guard = new LeaseGuard(store, lease, context.waiter()).renewing()) {
            for (Verdict verdict : verdicts) {
                guard.check();
                all = all.plus(again(verdict, resources));
            }
        } finally {
            patient.release(lease);
        }
        return all;
    }

    private Repaired again(Verdict verdict, OpenResources resources) {
        List<String> keys =
                verdict.wrong().stream().map(Suspect::key).distinct().toList();
        if (keys.isEmpty()) {
            return new Repaired(0, 0);
        }
        Extent extent = new Extent(
                Optional.of(verdict.phase()), Scope.all(), Optional.of(keys), OptionalLong.empty(), Optional.empty());
        RunOptions options =
                new RunOptions(OptionalInt.empty(), false, false, false, true, extent, Concurrency.standard(), false);
        RunResult result =
                new Runner(plan, options, context, processes).run(resources, new MemoryStore(context.time()));
        return new Repaired(
                result.state().written(), keys.size() - result.state().read());
    }
}
