package dev.backfill.validation;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up numbers, and counts the different ones of all other values. Used by one thread. */
final class Amount {
    private final Set<String> different = new HashSet<>();
    private BigDecimal sum = BigDecimal.ZERO;

    /** Null adds nothing. */
    void add(@Nullable Object value) {
        if (value instanceof Number number) {
            sum = sum.add(number(number));
        } else if (value != null) {
            different.add(String.valueOf(value));
        }
    }

    BigDecimal total() {
        return sum.add(BigDecimal.valueOf(different.size()));
    }

    /** Null is nothing. */
    static BigDecimal number(@Nullable Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }
}
