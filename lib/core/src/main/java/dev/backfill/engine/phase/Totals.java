package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordStep;
import dev.backfill.plan.SinkStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a phase has done, by name, for the functions of a script that write it to a file. */
public final class Totals {
    private static final Columns COLUMNS = Columns.of(
            "started",
            "finished",
            "minutes",
            "read",
            "excluded",
            "written",
            "added",
            "changed",
            "unchanged",
            "missing",
            "suppressed",
            "altered",
            "rejected",
            "counts",
            "origin");

    private Totals() {}

    /**
     * @param counts what the sink has done that is reported
     */
    static Row of(Phase plan, PhaseState state, SinkCounts counts, Instant started, Instant finished) {
        return Row.of(
                COLUMNS,
                started,
                finished,
                minutes(started, finished),
                state.read(),
                state.excluded(),
                counts.written(),
                counts.added(),
                counts.written() - counts.added(),
                counts.unchanged(),
                counts.missing(),
                counts.suppressed(),
                counts.altered(),
                state.deadLetters(),
                Row.of(counts(plan, state)),
                Row.of(plan.source().origin()));
    }

    /** What the phases of a step have done so far, each under its own name without the step's. */
    public static Row step(Backfill plan, String step, RunState state, Instant now, boolean dryRun) {
        Map<String, Object> phases = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < plan.phases().size(); i++) {
            Phase phase = plan.phases().get(i);
            if (phase.step().equals(Optional.of(step))) {
                PhaseState done = state.phases().get(i);
                phases.put(
                        phase.name().substring(step.length() + 1),
                        of(phase, done, last(done.sinks()), state.started(), now));
                if (phase.wanted() && done.status() == WorkStatus.DONE) {
                    phase.sinks().forEach(sink -> sink.sink().file().ifPresent(files::add));
                }
            }
        }
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("started", state.started());
        totals.put("finished", now);
        totals.put("minutes", minutes(state.started(), now));
        totals.put("dryRun", dryRun);
        totals.put("files", files);
        totals.put("phases", Row.of(phases));
        return Row.of(totals);
    }

    /** To two places. */
    static double minutes(Instant started, Instant finished) {
        return Math.round(Duration.between(started, finished).toMillis() / 600.0) / 100.0;
    }

    /** All that the phase can count: 0 of what it has not met. */
    private static Map<String, Long> counts(Phase plan, PhaseState state) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.concat(
                        plan.steps().stream().flatMap(Totals::counted),
                        plan.sinks().stream().flatMap(Totals::counted))
                .forEach(name -> counts.put(name, 0L));
        counts.putAll(state.counts());
        return counts;
    }

    private static Stream<String> counted(RecordStep step) {
        return step instanceof RecordStep.Count count ? Stream.of(count.name()) : Stream.empty();
    }

    private static Stream<String> counted(SinkStep sink) {
        return Stream.of(sink.countAs(), sink.countMissingAs()).flatMap(name -> name.stream());
    }

    /** What the last sink of a phase has done. */
    static SinkCounts last(List<SinkCounts> sinks) {
        return sinks.isEmpty() ? SinkCounts.none() : sinks.get(sinks.size() - 1);
    }
}
