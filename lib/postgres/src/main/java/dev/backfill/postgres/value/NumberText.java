package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** Texts of numbers. A number that would lose something is refused, never rounded here. */
final class NumberText {
    static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private NumberText() {}

    static String whole(ColumnType type, Object value, long least, long most) {
        try {
            long number = value instanceof Integer || value instanceof Long || value instanceof Short
                    ? ((Number) value).longValue()
                    : exact(type, value);
            if (number >= least && number <= most) {
                return Long.toString(number);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw ValueText.unfit(type, value);
        }
        throw new UnfitValueException(value + " is out of range for " + type);
    }

    private static long exact(ColumnType type, Object value) {
        if (value instanceof CharSequence text) {
            return new BigInteger(text.toString().trim()).longValueExact();
        } else if (value instanceof Number) {
            return new BigDecimal(value.toString()).longValueExact();
        }
        throw ValueText.unfit(type, value);
    }

    static String decimal(ColumnType type, Object value) {
        String text = number(type, value);
        try {
            return NOT_FINITE.contains(text) ? text : new BigDecimal(text).toPlainString();
        } catch (NumberFormatException e) {
            throw ValueText.unfit(type, value);
        }
    }

    static String floating(ColumnType type, Object value) {
        String text = number(type, value);
        try {
            return NOT_FINITE.contains(text) ? text : new BigDecimal(text).toString();
        } catch (NumberFormatException e) {
            throw ValueText.unfit(type, value);
        }
    }

    private static String number(ColumnType type, Object value) {
        if (value instanceof Number || value instanceof CharSequence) {
            return value.toString().trim();
        }
        throw ValueText.unfit(type, value);
    }
}
