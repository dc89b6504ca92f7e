package dev.backfill.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a text that is one JSON value and nothing else, so that a second value is never dropped without a word. */
public final class WholeJson {
    private WholeJson() {}

    /** The only value; {@link IOException} if there is none, or if anything but blanks follows it. */
    public static @Nullable Object read(JsonParser in) throws IOException {
        return read(in, JsonParser::getDecimalValue);
    }

    /** The same, with another form of numbers that have a fraction. */
    public static @Nullable Object read(JsonParser in, JsonValues.Fraction fraction) throws IOException {
        if (in.nextToken() == null) {
            throw new IOException("it is empty");
        }
        Object value = JsonValues.read(in, fraction);
        checkEnd(in);
        return value;
    }

    /** {@link IOException} with the place if anything but blanks follows. */
    public static void checkEnd(JsonParser in) throws IOException {
        if (in.nextToken() != null) {
            JsonLocation at = in.currentTokenLocation();
            throw new IOException(
                    "something follows its end, at line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
    }
}
