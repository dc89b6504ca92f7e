package dev.backfill.postgres.read;

import dev.backfill.postgres.catalog.Column;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bounds a page by the size of its rows, since the driver keeps a whole page in memory. The server adds up lengths without
 * unpacking the values, and ends the page with the row that reaches the bound.
 *
 * @param large the columns whose values have no bound of their own
 */
record PageSize(List<Column> large) {
    /** Several pages are in memory at the same time, each as bytes of the driver and as values. */
    static final long MOST = Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 32);

    /** A packed value is so many times smaller, if its type does not say its own length. */
    private static final int PACKED = 8;

    /** Keys are bounded by their index. */
    static PageSize of(List<Column> selected, List<Column> key) {
        return new PageSize(selected.stream()
                .filter(each -> !key.contains(each) && isLarge(each))
                .toList());
    }

    private static boolean isLarge(Column column) {
        return switch (column.type().kind()) {
            case TEXT, JSON, BYTES, ARRAY, OTHER -> true;
            default -> false;
        };
    }

    /** False if a page needs no look at its size. */
    boolean bounded() {
        return !large.isEmpty();
    }

    /** The columns behind a page's own: the bytes of this row, and of all rows so far. */
    String columns(String order) {
        String own = own("");
        return ", " + own + " as backfill_own, sum(" + own + ") over (order by " + order
                + " rows unbounded preceding) as backfill_bytes";
    }

    /**
     * The bytes of a row.
     *
     * @param table what leads its columns
     */
    String own(String table) {
        return large.stream().map(column -> bytes(column, table + column.sql())).collect(Collectors.joining(" + "));
    }

    private static String bytes(Column column, String own) {
        String bytes = switch (column.type().kind()) {
            case TEXT -> "octet_length(cast(" + own + " as text))";
            case BYTES -> "octet_length(" + own + ")";
            default -> "pg_column_size(" + own + ") * " + PACKED;
        };
        return "coalesce(cast(" + bytes + " as bigint), 0)";
    }

    /** What a row must fulfil to be in the page: the first one always does. */
    String fits() {
        return "backfill_bytes - backfill_own < " + MOST;
    }
}
