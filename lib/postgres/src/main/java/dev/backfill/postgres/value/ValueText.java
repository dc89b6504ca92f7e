package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import dev.backfill.postgres.catalog.Kind;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as the text that PostgreSQL reads as the column's type. One value has one text: so texts of whole
 * numbers, texts and UUIDs can be compared. {@link UnfitValueException} if the value is none for the type, as far as that
 * can be reported here; what remains the server refuses.
 */
public final class ValueText {
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Map<String, String> TRUTHS = Map.of(
            "true", "true", "t", "true", "yes", "true", "1", "true", "false", "false", "f", "false", "no", "false", "0",
            "false");

    private ValueText() {}

    public static @Nullable String of(ColumnType type, @Nullable Object value) {
        return value == null ? null : text(type, value);
    }

    /** The text of a value that is there. */
    public static String text(ColumnType type, Object value) {
        return switch (type.kind()) {
            case SMALLINT -> NumberText.whole(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> NumberText.whole(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> NumberText.whole(type, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMERIC, MONEY -> NumberText.decimal(type, value);
            case FLOAT -> NumberText.floating(type, value);
            case BOOLEAN -> truth(type, value);
            case UUID -> uuid(type, value);
            case TIMESTAMPTZ -> TimeText.instant(type, value);
            case TIMESTAMP -> TimeText.local(type, value);
            case DATE -> TimeText.date(type, value);
            case JSON -> NestedText.json(type, value);
            case BYTES -> NestedText.bytes(type, value);
            case ARRAY -> NestedText.array(type, value);
            case TIMETZ -> TimeText.withOffset(type, value);
            case TEXT, CHAR, TIME, INTERVAL, OTHER -> limited(type, value);
        };
    }

    /** Equal for texts that mean the same key: 1.0 and 1 are one number. */
    public static String identity(ColumnType type, String text) {
        return type.kind() == Kind.NUMERIC && !NumberText.NOT_FINITE.contains(text)
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    private static String truth(ColumnType type, Object value) {
        String truth = value instanceof Boolean || value instanceof CharSequence
                ? TRUTHS.get(value.toString().trim().toLowerCase(Locale.ROOT))
                : null;
        if (truth == null) {
            throw unfit(type, value);
        }
        return truth;
    }

    private static String uuid(ColumnType type, Object value) {
        if (value instanceof UUID || UUID_FORM.matcher(value.toString().trim()).matches()) {
            return value.toString().trim().toLowerCase(Locale.ROOT);
        }
        throw unfit(type, value);
    }

    /** Blanks at the end do not count, as for PostgreSQL. */
    private static String limited(ColumnType type, Object value) {
        String text = plain(type, value);
        if (type.length().isPresent() && text.length() > type.length().getAsInt()) {
            String counted = text.stripTrailing();
            if (counted.codePointCount(0, counted.length()) > type.length().getAsInt()) {
                throw new UnfitValueException("a text of " + counted.codePointCount(0, counted.length())
                        + " characters is too long for " + type);
            }
        }
        return text;
    }

    /** The text of anything that has an obvious one: no list, no map, no bytes. */
    static String plain(ColumnType type, Object value) {
        if (value instanceof BigDecimal decimal) {
            return NumberText.plain(type, decimal);
        } else if (value instanceof CharSequence || value instanceof Number) {
            return storable(type, value.toString());
        } else if (value instanceof Temporal time) {
            return TimeText.plain(time);
        } else if (obvious(value)) {
            return storable(type, value.toString());
        }
        throw unfit(type, value);
    }

    private static boolean obvious(Object value) {
        return value instanceof Boolean
                || value instanceof Character
                || value instanceof UUID
                || value instanceof Enum<?>
                || value instanceof TemporalAmount;
    }

    private static String storable(ColumnType type, String text) {
        return isPlain(text) ? text : withWholeCharacters(type, text);
    }

    /** True if no character needs a closer look, as in nearly all texts. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\0' || Character.isSurrogate(each)) {
                return false;
            }
        }
        return true;
    }

    private static String withWholeCharacters(ColumnType type, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new UnfitValueException("a text with a character of code 0 cannot be stored as " + type);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && Character.isBmpCodePoint(text.codePointAt(i))) {
                throw new UnfitValueException(
                        "a text with half a character (a lone surrogate) cannot be stored as " + type);
            } else if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return text;
    }

    static UnfitValueException unfit(ColumnType type, Object value) {
        String text = value instanceof byte[] ? "bytes" : value.toString();
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new UnfitValueException(
                "'" + shown.replace('\0', '?') + "' (" + value.getClass().getSimpleName() + ") is no " + type);
    }
}
