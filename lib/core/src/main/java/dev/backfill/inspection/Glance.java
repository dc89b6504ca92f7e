package dev.backfill.inspection;

import dev.backfill.run.Change;
import java.time.Duration;
import java.util.List;

/**
 * A few records, taken through their phase without a write.
 *
 * @param looked how many were read
 * @param excluded how many of them no sink is to get
 * @param refused how many of them would be dead letters
 * @param sinks one for each sink
 * @param refusals why records would become dead letters, the first few
 * @param changes the first few of what would be changed
 * @param took how long reading and looking took
 */
public record Glance(
        long looked,
        long excluded,
        long refused,
        List<SinkGlance> sinks,
        List<String> refusals,
        List<Change> changes,
        Duration took) {
    public Glance {
        sinks = List.copyOf(sinks);
        refusals = List.copyOf(refusals);
        changes = List.copyOf(changes);
    }

    /** True if no record would come through. */
    boolean hopeless() {
        return refused > 0 && refused >= looked - excluded;
    }

    /** What would become of the records in one sink. */
    public record SinkGlance(String sink, long written, long unchanged, long missing, long rejected) {}
}
