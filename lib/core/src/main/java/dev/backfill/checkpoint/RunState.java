package dev.backfill.checkpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runtime's own record of a run.
 *
 * @param id names the run, unique for ever
 * @param pins what the run was begun with, by name: what it reads and writes, and the text of its phases
 * @param started when it began; later resumes keep it
 * @param before how far what the script does once before the first phase is; DONE where there is nothing to do
 */
public record RunState(
        String id,
        String backfill,
        Instant started,
        RunStatus status,
        List<PhaseState> phases,
        Map<String, String> pins,
        WorkStatus before) {
    public RunState {
        before = before == null ? WorkStatus.DONE : before; // what an earlier version saved has none
        phases = List.copyOf(phases);
        pins = pins == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(pins));
    }

    public RunState(String id, String backfill, Instant started, RunStatus status, List<PhaseState> phases) {
        this(id, backfill, started, status, phases, Map.of(), WorkStatus.DONE);
    }

    /** How many records were read, in all phases. */
    public long read() {
        return phases.stream().mapToLong(PhaseState::read).sum();
    }

    /** How many records were written, by all sinks of all phases. */
    public long written() {
        return phases.stream()
                .flatMap(phase -> phase.sinks().stream())
                .mapToLong(SinkCounts::written)
                .sum();
    }

    /** How many batches were saved, in all phases. */
    public long batches() {
        return phases.stream().mapToLong(PhaseState::batches).sum();
    }

    /** The same, this far with what is done once before the first phase. */
    public RunState before(WorkStatus changed) {
        return new RunState(id, backfill, started, status, phases, pins, changed);
    }

    /** The same with other pins. */
    public RunState pinned(Map<String, String> changed) {
        return new RunState(id, backfill, started, status, phases, changed, before);
    }

    public RunState with(RunStatus changed) {
        return new RunState(id, backfill, started, status.to(changed), phases, pins, before);
    }

    public RunState with(int index, PhaseState changed) {
        List<PhaseState> list = new ArrayList<>(phases);
        list.set(index, changed);
        return new RunState(id, backfill, started, status, list, pins, before);
    }
}
