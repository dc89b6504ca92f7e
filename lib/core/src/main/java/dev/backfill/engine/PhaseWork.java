package dev.backfill.engine;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Ordered;
import dev.backfill.connector.Split;
import dev.backfill.position.Keeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works through one phase: plans its splits, works on them, and proves that nothing is missing. */
final class PhaseWork {
    private final int index;
    private final OpenPhase phase;
    private final Means means;
    private final Keeper keeper;

    PhaseWork(int index, OpenPhase phase, Means means) {
        this.index = index;
        this.phase = phase;
        this.means = means;
        this.keeper = means.keeper();
    }

    void run() {
        plan();
        Growing growing = new Growing(index, phase, means.retry());
        growing.resume(keeper.state());
        List<SplitWork> open = IntStream.range(0, state().splits().size())
                .filter(split -> state().splits().get(split).status() != WorkStatus.DONE)
                .mapToObj(split -> new SplitWork(index, split, phase, means))
                .toList();
        new SplitCrew(means.concurrency().splits(), means.halt()).run(open);
        prove();
        growing.finish(keeper.state(), means.conditions().time().now());
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
            means.conditions().listener().walkingAgain(state().name());
        }
        List<Split> splits = means.retry()
                .run("planning " + phase.title(), () -> phase.source().splits(wanted()));
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

    private int wanted() {
        boolean ordered = phase.sinks().stream().anyMatch(sink -> sink.sink() instanceof Ordered);
        return ordered ? 1 : means.concurrency().splits();
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
