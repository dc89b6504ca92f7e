package dev.backfill.postgres.read;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Split;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Divides a range of keys into ranges of about as many rows, however the keys are spread: at the quantiles of all keys where
 * there are few, of a sample where there are many.
 */
record SplitPlan(Connection connection, KeysetQuery query) {
    /** What a server sorts in a moment. */
    private static final long ALL = 200_000;
    /** Rows of a page often have keys that follow each other, so pages count: of so many for each range none is a tenth larger. */
    private static final long PAGES = 400;

    private static final double WHOLE = 100;

    List<Split> divided(Split split, Cursor after, int wanted) throws SQLException {
        List<Cursor> ends = ends(after, split.upTo(), wanted, percent(wanted));
        if (ends.size() < wanted && split.rows().orElse(0) <= ALL) { // the sample has missed what is left
            ends = ends(after, split.upTo(), wanted, WHOLE);
        }
        return ranges(split, after, ends);
    }

    /** Counted only where it is small, so this costs nothing on a large table. */
    private double percent(int wanted) throws SQLException {
        long rows = RowCount.of(connection, query.table().name().sql(), List.of());
        return rows <= ALL ? WHOLE : Math.min(WHOLE, WHOLE * PAGES * wanted / Math.max(1, query.pages(connection)));
    }

    private List<Cursor> ends(Cursor after, Optional<Cursor> upTo, int wanted, double percent) throws SQLException {
        List<Cursor> ends = new ArrayList<>();
        try (PreparedStatement statement = query.ends(connection, after, upTo, wanted, percent)) {
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                ends.add(query.cursor(found, query.key()));
            }
        }
        return ends;
    }

    /** The last one ends where the whole ends, whatever the sample has seen of it. */
    private static List<Split> ranges(Split split, Cursor after, List<Cursor> ends) {
        int count = Math.max(1, ends.size());
        List<Split> ranges = new ArrayList<>();
        Cursor from = after;
        for (int i = 0; i < count; i++) {
            Optional<Cursor> to = i == count - 1 ? split.upTo() : Optional.of(ends.get(i));
            ranges.add(new Split(i, from, to, share(split.rows(), i, count)));
            from = to.orElse(from);
        }
        return ranges;
    }

    private static OptionalLong share(OptionalLong rows, int place, int count) {
        return rows.isEmpty()
                ? rows
                : OptionalLong.of(rows.getAsLong() * (place + 1) / count - rows.getAsLong() * place / count);
    }
}
