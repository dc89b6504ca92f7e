package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Split;
import dev.backfill.engine.opening.OpenPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works through one phase: plans its splits, works on them, and checks that its own books agree. */
public final class PhaseWork {
    private final PhaseContext context;
    private final OpenPhase phase;

    public PhaseWork(PhaseContext context) {
        this.context = context;
        this.phase = context.phase();
    }

    public void run() {
        plan();
        Growing growing = new Growing(context.index(), phase, context.retry(), context.keeper());
        growing.resume();
        List<SplitWork> open = IntStream.range(0, state().splits().size())
                .filter(this::isOpen)
                .mapToObj(split -> new SplitWork(split, context))
                .toList();
        new SplitCrew(context.concurrency().splits(), context.entrance().halt()).run(open);
        phase.left().ifPresent(left -> new CatchUp(context.of(phase.reading(left))).run());
        checkBooks();
        growing.finish(context.now());
        context.saveDone();
        growing.cleanUp();
    }

    private boolean isOpen(int split) {
        SplitState at = state().splits().get(split);
        return at.status() != WorkStatus.DONE && !at.again();
    }

    private PhaseState state() {
        return context.state();
    }

    /** Where source or sink cannot be resumed, the source is walked again from its start. */
    private void plan() {
        Planning planning = new Planning(phase, context.concurrency(), context.retry());
        if (!state().splits().isEmpty() && phase.source().resumable() && Growing.resumable(phase)) {
            planning.divided(state().splits()).ifPresent(context::saveSplits);
            return;
        }
        if (!state().splits().isEmpty()) {
            context.run().listener().walkingAgain(state().name());
        }
        context.saveBegun(planning.fresh());
    }

    /** Compares what this runtime itself has counted: every record once in each sink, and splits without a gap. */
    private void checkBooks() {
        PhaseState now = state();
        List<String> holes = new ArrayList<>();
        if (!now.adds()) {
            holes.add("its counts do not add up: " + now);
        }
        for (int i = 1; i < now.splits().size(); i++) {
            SplitState split = now.splits().get(i);
            Split before = now.splits().get(i - 1).split();
            if (!split.again()
                    && !before.upTo().equals(Optional.of(split.split().after()))) {
                holes.add("there is a gap before split " + i);
            }
        }
        if (now.splits().stream().mapToLong(SplitState::rows).sum() != now.read()) {
            holes.add("its splits have other rows than it read");
        }
        if (!holes.isEmpty()) {
            throw new IllegalStateException(
                    "phase " + now.name() + " has counts that do not agree: " + String.join("; ", holes));
        }
    }
}
