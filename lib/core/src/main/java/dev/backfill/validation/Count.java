package dev.backfill.validation;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.Resources;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SinkStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what a phase has on both sides, while it is looked through. Used by one thread. */
final class Count {
    private final OpenPhase phase;
    private final Resources resources;
    private final Set<String> letters;
    private long source;
    private long made;

    Count(OpenPhase phase, List<DeadLetter> letters, Resources resources) {
        this.phase = phase;
        this.resources = resources;
        this.letters = letters.stream()
                .filter(letter -> letter.phase().equals(phase.plan().name()))
                .map(DeadLetter::key)
                .collect(Collectors.toSet());
    }

    /** Records that were looked at, each with what the steps make beyond one, or leave out. */
    void add(Look.Seen seen) {
        source += seen.prepared().read();
        made += seen.prepared().extra() - seen.prepared().excluded();
    }

    void addUnreadable(int records) {
        source += records;
    }

    /** True if it is a dead letter, so that everybody knows. */
    boolean knows(Suspect suspect) {
        return letters.contains(suspect.key());
    }

    Tally tally() {
        Map<String, Long> targets = new LinkedHashMap<>();
        for (SinkStep step : phase.plan().sinks()) {
            SinkDefinition sink = step.sink();
            if (sink.counted().isPresent() && step.only().isEmpty()) {
                targets.put(sink.title(), sink.counted().get().count(resources));
            }
        }
        return new Tally(source, letters.size(), source + made - letters.size(), targets);
    }
}
