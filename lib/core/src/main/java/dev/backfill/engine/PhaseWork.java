package dev.backfill.engine;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Split;
import dev.backfill.flow.Flow;
import dev.backfill.flow.Prepared;
import dev.backfill.flow.Recheck;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.Written;
import dev.backfill.position.BatchResult;
import dev.backfill.position.DeadLetters;
import dev.backfill.position.Keeper;
import dev.backfill.position.TransactionalWork;
import dev.backfill.run.Conditions;
import dev.backfill.run.Progress;
import dev.backfill.throttle.Cost;
import dev.backfill.time.StoppedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Works through one phase: read, wait, transform, write, save. */
final class PhaseWork {
    private final int index;
    private final OpenPhase phase;
    private final Means means;
    private final Keeper keeper;
    private final Conditions conditions;

    PhaseWork(int index, OpenPhase phase, Means means) {
        this.index = index;
        this.phase = phase;
        this.means = means;
        this.keeper = means.keeper();
        this.conditions = means.conditions();
    }

    void run() {
        plan();
        Growing growing = new Growing(index, phase, means.retry());
        growing.resume(keeper.state());
        for (int split = 0; split < state().splits().size(); split++) {
            while (state().splits().get(split).status() != WorkStatus.DONE) {
                work(split);
            }
        }
        prove();
        growing.finish(keeper.state(), conditions.time().now());
        keeper.save(state -> state.with(index, state().with(WorkStatus.DONE)));
    }

    private PhaseState state() {
        return keeper.state().phases().get(index);
    }

    /** Splits are planned once and stored; only a source that cannot be resumed is planned again. */
    private void plan() {
        boolean again = !state().splits().isEmpty();
        if (again && phase.source().resumable()) {
            return;
        }
        if (again) {
            conditions.listener().walkingAgain(state().name());
        }
        List<Split> splits = means.retry()
                .run("planning " + phase.title(), () -> phase.source().splits(1));
        PhaseState fresh = PhaseState.pending(state().name(), phase.sinks().size());
        PhaseState planned = new PhaseState(
                fresh.name(),
                WorkStatus.RUNNING,
                state().batches(),
                0,
                0,
                0,
                0,
                splits.stream().map(SplitState::planned).toList(),
                fresh.sinks(),
                state().counts());
        keeper.save(state -> state.with(index, planned));
    }

    private void work(int split) {
        if (conditions.stop().given().isPresent()) {
            throw new StoppedException();
        }
        SplitState at = state().splits().get(split);
        int size = means.pacing().allowance().next(means.pacing().size());
        Batch batch = means.retry()
                .run("reading " + phase.title(), () -> phase.source().read(at.split(), at.cursor(), size));
        means.pacing().allowance().used(batch.size());
        write(split, batch);
        Ceiling.check(state());
        conditions.listener().saved(new Progress(keeper.state(), index, batch.size()));
        if (!batch.last()) {
            hold(batch);
        }
    }

    private void hold(Batch batch) {
        means.pacing().limits().reserve(new Cost(batch.size())).ifPresent(hold -> {
            conditions.listener().holding(hold.title(), hold.time());
            conditions.waiter().pause(hold.time());
        });
    }

    private void write(int split, Batch batch) {
        Prepared prepared = phase.steps().apply(batch.rows());
        Flow flow = means.chain().own(Flow.of(prepared.items()));
        if (means.chain().shared().isEmpty()) {
            save(split, batch, means.recheck() ? rechecked(prepared, flow) : new Written(prepared, flow));
        } else {
            keeper.saveWith((transaction, before) -> {
                Written all = new Written(prepared, means.chain().shared(flow, transaction));
                return new TransactionalWork.Done(next(split, batch, all, before), letters(batch, all, before));
            });
        }
    }

    private void save(int split, Batch batch, Written all) {
        keeper.save(letters(batch, all, keeper.state()), before -> next(split, batch, all, before));
    }

    private RunState next(int split, Batch batch, Written all, RunState before) {
        PhaseState was = before.phases().get(index);
        BatchResult result = new BatchResult(phase.plan(), batch, all.prepared(), all.flow());
        return before.with(index, result.added(was, split, keeper.lease().epoch()));
    }

    private List<DeadLetter> letters(Batch batch, Written all, RunState before) {
        List<Refusal> refusals = Stream.concat(all.prepared().refusals().stream(), all.flow().refusals().stream())
                .toList();
        DeadLetters letters = new DeadLetters(before.id(), state().name(), phase.source()::key);
        Instant now = conditions.time().now();
        return Recheck.join(letters.ofUnreadable(batch.unreadable(), now), letters.of(refusals, now));
    }

    private Written rechecked(Prepared prepared, Flow flow) {
        return new Recheck(phase.steps(), means.chain()).settle(prepared, flow);
    }

    /** Every record is accounted for, and the splits follow each other without a gap. */
    private void prove() {
        PhaseState now = state();
        List<String> holes = new ArrayList<>();
        if (!now.adds()) {
            holes.add("its counts do not add up: " + now);
        }
        for (int i = 1; i < now.splits().size(); i++) {
            Split before = now.splits().get(i - 1).split();
            if (!before.upTo().equals(Optional.of(now.splits().get(i).split().after()))) {
                holes.add("there is a gap before split " + i);
            }
        }
        if (now.splits().stream().mapToLong(SplitState::rows).sum() != now.read()) {
            holes.add("its splits have other rows than it read");
        }
        if (!holes.isEmpty()) {
            throw new IllegalStateException(
                    "phase " + now.name() + " cannot be proved complete: " + String.join("; ", holes));
        }
    }
}
