package dev.backfill.connector;

import java.util.List;

/**
 * Records read together.
 *
 * @param rows the records in the order of the source
 * @param unreadable what stands among them and is no record; it counts as read
 * @param next where reading goes on after them
 * @param last true only if the source has said that nothing follows; an error never ends a source
 */
public record Batch(List<Row> rows, List<MalformedRecord> unreadable, Cursor next, boolean last) {
    public Batch {
        rows = List.copyOf(rows);
        unreadable = List.copyOf(unreadable);
    }

    /** Every record could be read. */
    public Batch(List<Row> rows, Cursor next, boolean last) {
        this(rows, List.of(), next, last);
    }

    /** How many were read, those that are no records included. */
    public int size() {
        return rows.size() + unreadable.size();
    }
}
