package dev.backfill.checkpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The runtime's own record of a run.
 *
 * @param id names the run, unique for ever
 * @param started when it began; later resumes keep it
 */
public record RunState(String id, String backfill, Instant started, RunStatus status, List<PhaseState> phases) {
    public RunState {
        phases = List.copyOf(phases);
    }

    public RunState with(RunStatus changed) {
        return new RunState(id, backfill, started, changed, phases);
    }

    public RunState with(int index, PhaseState changed) {
        List<PhaseState> list = new ArrayList<>(phases);
        list.set(index, changed);
        return new RunState(id, backfill, started, status, list);
    }
}
