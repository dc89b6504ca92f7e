package dev.backfill.postgres.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import java.util.List;

/** Writes a key as one text and reads it back: the text of its only column, or a JSON array of texts. */
final class KeyText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private KeyText() {}

    static String write(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        try {
            return JSON.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a key that is not JSON: " + parts, e);
        }
    }

    /** The texts of a cursor; {@link FatalFailure} if it was not made for so many columns. */
    static List<String> read(Cursor cursor, int columns) {
        if (columns == 1) {
            return List.of(cursor.text());
        }
        try {
            String[] parts = JSON.readValue(cursor.text(), String[].class);
            if (parts.length == columns) {
                return List.of(parts);
            }
        } catch (JsonProcessingException | NullPointerException e) {
            throw unfit(cursor, columns, e);
        }
        throw unfit(cursor, columns, new IllegalArgumentException("another number of columns"));
    }

    private static FatalFailure unfit(Cursor cursor, int columns, Exception cause) {
        return new FatalFailure(
                "the checkpoint's position '" + cursor.text() + "' is no key of " + columns
                        + " columns: the key was changed since it was saved; set the checkpoint, or start again",
                cause);
    }
}
