package dev.backfill.connector;

import java.util.List;

/**
 * Records read together.
 *
 * @param rows the records in the order of the source
 * @param unreadable what stands among them and is no record; it counts as read
 * @param next where reading continues after them
 * @param last true only if the source has said that nothing follows; an error never ends a source
 * @param large true if its records are so large that no other batch should be in memory with it
 */
public record Batch(List<Row> rows, List<MalformedRecord> unreadable, Cursor next, boolean last, boolean large) {
    public Batch {
        rows = List.copyOf(rows);
        unreadable = List.copyOf(unreadable);
    }

    /** Every record could be read. */
    public Batch(List<Row> rows, Cursor next, boolean last) {
        this(rows, List.of(), next, last);
    }

    public Batch(List<Row> rows, List<MalformedRecord> unreadable, Cursor next, boolean last) {
        this(rows, unreadable, next, last, false);
    }

    /** The same with records that are large. */
    public Batch ofLarge() {
        return new Batch(rows, unreadable, next, last, true);
    }

    /** How many were read, those that are no records included. */
    public int size() {
        return rows.size() + unreadable.size();
    }
}
