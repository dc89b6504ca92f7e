package dev.backfill.connector;

import java.util.List;

/**
 * Records read together.
 *
 * @param rows the records in the order of the source
 * @param next where reading goes on after them
 * @param last true only if the source has said that nothing follows; an error never ends a source
 */
public record Batch(List<Row> rows, Cursor next, boolean last) {
    public Batch {
        rows = List.copyOf(rows);
    }
}
