package dev.backfill.checkpoint;

import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;

/**
 * What one sink has done: given = written + unchanged + missing + suppressed + rejected.
 *
 * @param given records that it got
 * @param skipped records that it did not get: not meant for it, or gone or refused in a sink before it
 * @param added of those written, how many had not been there before; 0 where the sink cannot say
 * @param suppressed those that the target's own rules left as they were, so that it does not hold what was sent
 * @param altered of those written, how many the target's own rules gave other values than were sent
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
        long suppressed,
        long altered,
        String position) {
    public SinkCounts {
        position = position == null ? "" : position; // what an earlier version saved has none
    }

    public SinkCounts(long given, long skipped, long written, long unchanged, long missing, long rejected) {
        this(given, skipped, written, unchanged, missing, rejected, 0, 0, 0, "");
    }

    public static SinkCounts none() {
        return new SinkCounts(0, 0, 0, 0, 0, 0);
    }

    /**
     * @param produced how many records there were for the sinks of the phase
     */
    public SinkCounts plus(WriteResult outcome, long produced) {
        return new SinkCounts(
                given + outcome.size(),
                skipped + produced - outcome.size(),
                written + outcome.count(WriteStatus.WRITTEN),
                unchanged + outcome.count(WriteStatus.UNCHANGED),
                missing + outcome.count(WriteStatus.MISSING),
                rejected + outcome.count(WriteStatus.REJECTED),
                added + outcome.countAdded(),
                suppressed + outcome.count(WriteStatus.SUPPRESSED),
                altered + outcome.countAltered(),
                outcome.position().orElse(position));
    }

    /** How many records the target does not hold as they were sent, because of its own rules. */
    public long notAsSent() {
        return suppressed + altered;
    }

    /** True if no record is unaccounted for. */
    public boolean adds(long produced) {
        return given == written + unchanged + missing + suppressed + rejected && given + skipped == produced;
    }
}
