package dev.backfill.position;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.run.OwnedException;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Changes a saved position by hand, as its owner, so that no run is changed under its hands. */
public record CheckpointEdit(Backfill plan, CheckpointStore store) {
    /** Takes the checkpoint; {@link OwnedException} if a run has it. */
    public static Lease take(CheckpointStore store, RunContext context, Processes processes) {
        return new Ownership(store, context, processes).take(false);
    }

    /**
     * Lets a phase resume after a key; the phases after it begin again. What is done before the first phase counts as done.
     *
     * @param after the cursor's text; empty for the start
     * @throws IllegalArgumentException if there is no such phase, or nothing was saved yet
     */
    public void set(Lease lease, String phase, String after) {
        RunState state = store.read()
                .checkpoint()
                .orElseThrow(() -> new IllegalArgumentException("there is no checkpoint yet: nothing to set"))
                .run();
        int index = state.phases().stream().map(PhaseState::name).toList().indexOf(phase);
        if (index < 0) {
            throw new IllegalArgumentException("no phase '" + phase + "'; there are "
                    + String.join(
                            ", ", state.phases().stream().map(PhaseState::name).toList()));
        }
        List<PhaseState> phases = new ArrayList<>(state.phases());
        for (int i = index; i < phases.size(); i++) {
            phases.set(
                    i,
                    PhaseState.pending(
                            phases.get(i).name(), phases.get(i).sinks().size()));
        }
        if (!after.isEmpty()) {
            phases.set(index, moved(state.phases().get(index), Cursor.after(after)));
        }
        RunState next = new RunState(
                state.id(),
                state.backfill(),
                state.started(),
                state.status().to(RunStatus.STOPPED),
                phases,
                state.pins(),
                WorkStatus.DONE);
        store.save(lease, new Checkpoint(next, DocumentedFields.of(plan, next)));
    }

    /** One split of what is left. Counts begin at 0: what was counted before belongs to another position. */
    private static PhaseState moved(PhaseState phase, Cursor cursor) {
        if (phase.splits().isEmpty()) {
            throw new IllegalArgumentException(
                    "phase '" + phase.name() + "' has not begun: it has no position to set; start the run first");
        }
        Split last = phase.splits().get(phase.splits().size() - 1).split();
        Split rest = new Split(0, cursor, last.upTo(), OptionalLong.empty());
        return PhaseState.pending(phase.name(), phase.sinks().size())
                .with(WorkStatus.RUNNING)
                .withSplits(List.of(SplitState.planned(rest)));
    }
}
