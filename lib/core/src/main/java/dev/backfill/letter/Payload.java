package dev.backfill.letter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.connector.Row;
import dev.backfill.json.JsonLimits;
import dev.backfill.json.WholeJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record as a dead letter keeps it: JSON of a bounded size, without what must not be read by others. */
public final class Payload {
    private static final int LONGEST = 65_536;
    private static final JsonFactory JSON = JsonLimits.factory();
    private static final String HIDDEN = "(hidden)";
    /** More of a value is looked for in a text where it cannot be distinguished from a word or a number that is there by chance. */
    private static final int SHORT = 4;

    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"\\\\]{1,100})\"\\s*:\\s*(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?|[^\\s,}\\]\\[{]+)");
    private static final Pattern PARAMETER = Pattern.compile("([\\w.-]{1,100})=([^\\s&,;\"']+)");

    private Payload() {}

    static String of(Row record) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        record.forEach((name, value) -> shown.put(name, hidden(name, value)));
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

    private static @Nullable Object hidden(String name, @Nullable Object value) {
        if (value != null && SecretName.matches(name)) {
            return HIDDEN;
        }
        return shown(value);
    }

    /** What stands inside a value, at any depth, without its secrets. */
    private static @Nullable Object shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            members.forEach((name, member) -> shown.put(String.valueOf(name), hidden(String.valueOf(name), member)));
            return shown;
        }
        if (value instanceof List<?> elements) {
            List<@Nullable Object> shown = new ArrayList<>();
            elements.forEach(element -> shown.add(shown(element)));
            return shown;
        }
        return value instanceof CharSequence text ? withoutSecrets(text.toString()) : value;
    }

    /** The text without the value of any JSON member or parameter ({@code token=…}) whose name is that of a secret. */
    static String withoutSecrets(String text) {
        String members = MEMBER.matcher(text).replaceAll(found -> replacement(found, "\"" + HIDDEN + "\""));
        return PARAMETER.matcher(members).replaceAll(found -> replacement(found, HIDDEN));
    }

    private static String replacement(MatchResult found, String hidden) {
        String whole = found.group();
        String kept = SecretName.matches(found.group(1))
                ? whole.substring(0, found.start(2) - found.start()) + hidden
                : whole;
        return Matcher.quoteReplacement(kept);
    }

    /** The same text where it repeats what the record has in such a column. */
    static String withoutSecrets(String text, Row record) {
        String told = withoutSecrets(text);
        for (String name : record.columns().names()) {
            Object value = SecretName.matches(name) ? record.get(name) : null;
            if (value != null && !value.toString().isEmpty()) {
                told = withoutValue(told, value.toString());
            }
        }
        return told;
    }

    private static String withoutValue(String text, String value) {
        return value.length() >= SHORT
                ? text.replace(value, HIDDEN)
                : text.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", HIDDEN);
    }

    /** The record's fields; {@link IllegalArgumentException} with the reason if the payload does not contain all of it. */
    static Map<String, @Nullable Object> fields(String payload) {
        if (payload.contains(HIDDEN)) {
            throw new IllegalArgumentException("a secret was left out of the dead letter");
        } else if (payload.startsWith("\"")) {
            throw new IllegalArgumentException("the record was too large for the dead letter, or has no form in JSON");
        }
        try (JsonParser in = JSON.createParser(payload)) {
            if (WholeJson.read(in, Payload::fraction) instanceof Map<?, ?> fields) {
                Map<String, @Nullable Object> named = new LinkedHashMap<>();
                fields.forEach((name, value) -> named.put(String.valueOf(name), value));
                return named;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the dead letter's payload is damaged", e);
        }
        throw new IllegalArgumentException("the dead letter's payload is not a record");
    }

    /** A decimal has no zero with a sign. */
    private static Number fraction(JsonParser in) throws IOException {
        BigDecimal exact = in.getDecimalValue();
        return exact.signum() == 0 && in.getText().startsWith("-") ? (Number) (-0.0d) : exact;
    }
}
