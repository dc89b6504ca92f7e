package dev.backfill.checkpoint;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;

/**
 * How far one split is.
 *
 * @param cursor after the last record that every sink has acknowledged
 * @param rows records read up to the cursor
 * @param epoch the fencing token of its last writer
 */
public record SplitState(Split split, Cursor cursor, long rows, WorkStatus status, long epoch) {
    /** The same at another place among the splits of its phase. */
    public SplitState numbered(int ordinal) {
        return new SplitState(
                new Split(ordinal, split.after(), split.upTo(), split.rows()), cursor, rows, status, epoch);
    }

    /** True if it looks again for what those before it have not seen: a range that begins again at the start. */
    public boolean again() {
        return split.ordinal() > 0 && split.after().atStart();
    }

    public static SplitState planned(Split split) {
        return new SplitState(split, split.after(), 0, WorkStatus.PENDING, 0);
    }
}
