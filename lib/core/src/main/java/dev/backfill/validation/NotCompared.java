package dev.backfill.validation;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.OwnEffect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counts the records of a phase that cannot be compared, by the reason. Used by one thread. */
final class NotCompared {
    private final Map<String, Long> byReason = new LinkedHashMap<>();

    void add(Look.Seen seen) {
        seen.uncompared().forEach((reason, number) -> byReason.merge(reason, number, Long::sum));
    }

    /**
     * Adds what the run has read and the source does not have any more, if it is the run itself that may have hidden it.
     *
     * @param seen records that the source has now
     */
    void hidden(OpenPhase phase, RunState run, long seen) {
        Set<String> hidden = OwnEffect.of(phase).hidden();
        long read = run.phases().stream()
                .filter(state -> state.name().equals(phase.plan().name()))
                .mapToLong(PhaseState::read)
                .sum();
        if (!hidden.isEmpty() && (seen == 0 || read > seen)) {
            byReason.put(
                    "the source no longer selects them: its condition is about " + String.join(", ", hidden)
                            + ", which the phase changes; if it means rows that are still to be done, say"
                            + " newRows catchUp: with"
                            + " the same condition",
                    Math.max(0, read - seen));
        }
    }

    /** All of them. */
    Map<String, Long> byReason() {
        return byReason;
    }

    /** How many of these records were looked at. */
    static long number(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
