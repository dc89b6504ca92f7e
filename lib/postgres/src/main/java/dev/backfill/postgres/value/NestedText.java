package dev.backfill.postgres.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.backfill.postgres.catalog.ColumnType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts of values that hold others: JSON, arrays, bytes. */
final class NestedText {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private NestedText() {}

    /** A text is JSON already, as it is when it was read from such a column. */
    static String json(ColumnType type, Object value) {
        if (value instanceof CharSequence) {
            return ValueText.plain(type, value);
        }
        if (!(value instanceof Map
                || value instanceof Collection
                || value instanceof Number
                || value instanceof Boolean)) {
            throw ValueText.unfit(type, value);
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw ValueText.unfit(type, value);
        }
    }

    static String bytes(ColumnType type, Object value) {
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof CharSequence text && text.toString().startsWith("\\x")) {
            return ValueText.plain(type, value);
        }
        throw ValueText.unfit(type, value);
    }

    static String array(ColumnType type, Object value) {
        if (value instanceof CharSequence text && text.toString().startsWith("{")) {
            return ValueText.plain(type, value);
        } else if (value instanceof Object[] elements) {
            return array(type, Arrays.asList(elements));
        } else if (value instanceof Collection<?> elements) {
            return elements.stream().map(each -> element(type, each)).collect(Collectors.joining(",", "{", "}"));
        }
        throw ValueText.unfit(type, value);
    }

    private static String element(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof Collection<?> || value instanceof Object[]) {
            return array(type, value);
        }
        String text = ValueText.text(type.element().orElse(type), value);
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
