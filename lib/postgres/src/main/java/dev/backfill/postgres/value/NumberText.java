package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** Texts of numbers. A number that would lose something is refused, never rounded here. */
final class NumberText {
    static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    /** The most digits that PostgreSQL's numeric has on either side of its point. */
    private static final int MOST_WHOLE_DIGITS = 131_072;

    private static final int MOST_FRACTION_DIGITS = 16_383;

    /** Longer texts of a whole number are not read: no column holds it, and reading takes the square of its length. */
    private static final int LONGEST_WHOLE = 100;

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
            String digits = text.toString().trim();
            if (digits.length() > LONGEST_WHOLE) {
                throw ValueText.unfit(type, value);
            }
            return new BigInteger(digits).longValueExact();
        } else if (value instanceof Number) {
            return new BigDecimal(value.toString()).longValueExact();
        }
        throw ValueText.unfit(type, value);
    }

    static String decimal(ColumnType type, Object value) {
        if (value instanceof BigDecimal decimal) {
            return plain(type, decimal);
        }
        String text = number(type, value);
        try {
            return NOT_FINITE.contains(text) ? text : plain(type, new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw ValueText.unfit(type, value);
        }
    }

    /** All digits; what numeric cannot hold, as a short text may say (1e999999999), is never written out. */
    static String plain(ColumnType type, BigDecimal number) {
        boolean tooLarge = number.signum() != 0 && (long) number.precision() - number.scale() > MOST_WHOLE_DIGITS;
        if (tooLarge || number.scale() > MOST_FRACTION_DIGITS) {
            throw new UnfitValueException("a number of " + number.precision() + " digits and scale " + number.scale()
                    + " has more digits than PostgreSQL can store in " + type);
        }
        return number.toPlainString();
    }

    /** The sign of a zero stays, so a number that is floating already is not read again. */
    static String floating(ColumnType type, Object value) {
        if (value instanceof Double || value instanceof Float) {
            return value.toString();
        }
        String text = number(type, value);
        try {
            return NOT_FINITE.contains(text) || new BigDecimal(text).signum() == 0
                    ? text
                    : new BigDecimal(text).toString();
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
