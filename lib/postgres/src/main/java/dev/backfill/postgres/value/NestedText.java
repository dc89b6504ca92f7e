package dev.backfill.postgres.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.backfill.postgres.catalog.ColumnType;
import dev.backfill.postgres.catalog.Kind;
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
        ColumnType element = type.element().orElse(type);
        if (value instanceof ServerArray array) {
            return isWrittenAlike(array.element(), element)
                    ? array.text()
                    : array.bounds() + list(type, element, array);
        } else if (value instanceof CharSequence text && isArray(text)) {
            return ValueText.plain(type, value);
        } else if (value instanceof Object[] elements) {
            return list(type, element, Arrays.asList(elements));
        } else if (value instanceof Collection<?> elements) {
            return list(type, element, elements);
        }
        throw ValueText.unfit(type, value);
    }

    private static boolean isArray(CharSequence text) {
        return text.length() > 0 && (text.charAt(0) == '{' || text.charAt(0) == '[');
    }

    /** True if the server reads what it wrote for the one as the same value of the other. */
    private static boolean isWrittenAlike(ColumnType from, ColumnType to) {
        boolean same = from.kind() == to.kind() || (to.kind() == Kind.TEXT && from.kind() == Kind.OTHER);
        return same && from.delimiter() == to.delimiter();
    }

    private static String list(ColumnType type, ColumnType element, Collection<?> elements) {
        return elements.stream()
                .map(each -> element(type, element, each))
                .collect(Collectors.joining(String.valueOf(element.delimiter()), "{", "}"));
    }

    private static String element(ColumnType type, ColumnType element, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof Collection<?> || value instanceof Object[]) {
            return array(type, value);
        }
        String text = ValueText.text(element, value);
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
