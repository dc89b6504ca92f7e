package dev.backfill.checkpoint;

import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;

/**
 * What one sink has done with the records given to it: given = written + unchanged + missing + rejected.
 */
public record SinkCounts(long given, long written, long unchanged, long missing, long rejected) {
    public static SinkCounts none() {
        return new SinkCounts(0, 0, 0, 0, 0);
    }

    public SinkCounts plus(Outcome outcome) {
        return new SinkCounts(
                given + outcome.size(),
                written + outcome.count(Fate.WRITTEN),
                unchanged + outcome.count(Fate.UNCHANGED),
                missing + outcome.count(Fate.MISSING),
                rejected + outcome.count(Fate.REJECTED));
    }
}
