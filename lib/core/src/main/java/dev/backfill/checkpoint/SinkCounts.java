package dev.backfill.checkpoint;

import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;

/**
 * What one sink has done: given = written + unchanged + missing + rejected.
 *
 * @param given records that it got
 * @param skipped records that it did not get: not meant for it, or gone or refused in a sink before it
 * @param added of those written, how many had not been there before; 0 where the sink cannot tell
 * @param position where a target that grows stands; empty for all others
 */
public record SinkCounts(
        long given,
        long skipped,
        long written,
        long unchanged,
        long missing,
        long rejected,
        long added,
        String position) {
    public SinkCounts {
        position = position == null ? "" : position; // what an earlier version saved has none
    }

    public SinkCounts(long given, long skipped, long written, long unchanged, long missing, long rejected) {
        this(given, skipped, written, unchanged, missing, rejected, 0, "");
    }

    public static SinkCounts none() {
        return new SinkCounts(0, 0, 0, 0, 0, 0);
    }

    /**
     * @param produced how many records there were for the sinks of the phase
     */
    public SinkCounts plus(Outcome outcome, long produced) {
        return new SinkCounts(
                given + outcome.size(),
                skipped + produced - outcome.size(),
                written + outcome.count(Fate.WRITTEN),
                unchanged + outcome.count(Fate.UNCHANGED),
                missing + outcome.count(Fate.MISSING),
                rejected + outcome.count(Fate.REJECTED),
                added + outcome.countAdded(),
                outcome.position().orElse(position));
    }

    /** True if no record is unaccounted for. */
    public boolean adds(long produced) {
        return given == written + unchanged + missing + rejected && given + skipped == produced;
    }
}
