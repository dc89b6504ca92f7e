package dev.backfill.legacy;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.plan.CheckpointLayout;
import dev.backfill.run.Extent;
import dev.backfill.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes of an earlier program's document the state of a run that continues where that program was. */
record Takeover(Legacy legacy, RunContext context) {
    /**
     * @param whole the phase's source in one range
     * @param again what became of the records that were done again
     */
    RunState state(Split whole, PhaseState again) {
        RunState fresh = new Scheme(legacy.plan(), Extent.all()).fresh(context).with(RunStatus.STOPPED);
        List<PhaseState> phases = new ArrayList<>(fresh.phases());
        for (int i = 0; i < legacy.phase(); i++) {
            phases.set(i, phases.get(i).with(WorkStatus.DONE));
        }
        phases.set(legacy.phase(), phase(phases.get(legacy.phase()), whole, again));
        RunState state = fresh;
        for (int i = 0; i < phases.size(); i++) {
            state = state.with(i, phases.get(i));
        }
        return state;
    }

    /** What the other program has done counts as read, and as left out: what became of it is not known. */
    private PhaseState phase(PhaseState pending, Split whole, PhaseState again) {
        CheckpointLayout layout = legacy.plan().layout();
        long done = legacy.number(layout.records());
        SplitState split = new SplitState(whole, Cursor.after(legacy.after()), done, WorkStatus.RUNNING, 0);
        return new PhaseState(
                pending.name(),
                WorkStatus.RUNNING,
                legacy.number(layout.batches()),
                done,
                done,
                0,
                0,
                List.of(split),
                pending.sinks(),
                counts(layout, again));
    }

    private Map<String, Long> counts(CheckpointLayout layout, PhaseState again) {
        Map<String, Long> counts = new TreeMap<>(again.counts());
        layout.counters().forEach(name -> counts.merge(name, legacy.number(Optional.of(name)), Long::sum));
        return counts;
    }
}
