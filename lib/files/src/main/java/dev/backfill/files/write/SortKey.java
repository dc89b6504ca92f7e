package dev.backfill.files.write;

import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A value by which records are sorted: numbers by their size and before texts, null after all others. */
record SortKey(int rank, BigDecimal number, String text) implements Comparable<SortKey> {
    private static final Comparator<SortKey> ORDER = Comparator.comparingInt(SortKey::rank)
            .thenComparing(SortKey::number)
            .thenComparing(SortKey::text);

    static SortKey of(@Nullable Object value) {
        if (value instanceof Number number) {
            return new SortKey(0, new BigDecimal(number.toString()), "");
        }
        return new SortKey(value == null ? 2 : 1, BigDecimal.ZERO, String.valueOf(value));
    }

    @Override
    public int compareTo(SortKey other) {
        return ORDER.compare(this, other);
    }
}
