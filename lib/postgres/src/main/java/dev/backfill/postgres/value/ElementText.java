package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.UUID;

/** Reads the server's text of an element as the value that a column of its type would have. */
final class ElementText {
    private ElementText() {}

    static Object value(ColumnType type, String text) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case NUMERIC, MONEY -> number(text);
            case FLOAT -> type.name().equals("real") ? (Object) Float.valueOf(text) : (Object) Double.valueOf(text);
            case BOOLEAN -> text.equals("t");
            case UUID -> UUID.fromString(text);
            case TIMESTAMPTZ -> ServerTime.zoned(text);
            case TIMESTAMP -> ServerTime.local(text);
            case DATE -> ServerTime.date(text);
            case TIME -> ServerTime.time(text);
            case TIMETZ -> ServerTime.timeWithOffset(text);
            case BYTES -> HexFormat.of().parseHex(text, "\\x".length(), text.length());
            case CHAR -> unpadded(text);
            case TEXT, INTERVAL, JSON, ARRAY, OTHER -> text;
        };
    }

    /** What is not finite is none for BigDecimal. */
    private static Object number(String text) {
        return NumberText.NOT_FINITE.contains(text) ? (Object) Double.valueOf(text) : new BigDecimal(text);
    }

    /** Blanks that fill a char up are not part of its value: a cast to any other type takes them off. */
    static String unpadded(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
