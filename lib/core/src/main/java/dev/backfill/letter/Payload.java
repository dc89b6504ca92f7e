package dev.backfill.letter;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.connector.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record as a dead letter keeps it: JSON of a bounded size, without what must not be read by others. */
public final class Payload {
    private static final int LONGEST = 65_536;
    private static final String HIDDEN = "(hidden)";
    private static final Pattern SECRET = Pattern.compile(
            "passw|pwd|secret|api_?key|private_?key|credential|authorization", Pattern.CASE_INSENSITIVE);

    private Payload() {}

    static String of(Row record) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        record.forEach((name, value) -> shown.put(name, secret(name) && value != null ? HIDDEN : value));
        try {
            return bounded(CheckpointJson.write(shown));
        } catch (IllegalArgumentException e) {
            return bounded(CheckpointJson.write(String.valueOf(shown))); // a value that JSON cannot hold
        }
    }

    /** What is too large becomes a text with its beginning. */
    static String bounded(String json) {
        return json.length() <= LONGEST
                ? json
                : CheckpointJson.write(json.substring(0, LONGEST) + "… (cut: " + json.length() + " characters in all)");
    }

    /** The same text where it repeats what the record has in such a column. */
    static String withoutSecrets(String text, Row record) {
        String told = text;
        for (String name : record.columns().names()) {
            Object value = secret(name) ? record.get(name) : null;
            if (value != null && !value.toString().isEmpty()) {
                told = told.replace(value.toString(), HIDDEN);
            }
        }
        return told;
    }

    private static boolean secret(String column) {
        return SECRET.matcher(column).find();
    }

    /** The record again; nothing if the payload does not hold all of it. */
    static Optional<Row> record(String payload) {
        if (!payload.startsWith("{") || payload.contains('"' + HIDDEN + '"')) {
            return Optional.empty();
        }
        return Optional.of(Row.of(CheckpointJson.fields(payload)));
    }
}
