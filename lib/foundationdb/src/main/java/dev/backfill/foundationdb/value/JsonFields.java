package dev.backfill.foundationdb.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads some fields of a JSON object, whatever the case of their names and with or without underscores: applications that
 * have lived for long write them in several ways.
 */
public final class JsonFields {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .readerForMapOf(Object.class);

    private static final JsonMapper WRITER = new JsonMapper();

    private final List<String> names;
    private final List<FieldType> types;
    private final Map<String, Integer> positions = new HashMap<>();

    /** {@link IllegalArgumentException} if two names are the same but for case and underscores. */
    public JsonFields(Map<String, FieldType> fields) {
        this.names = List.copyOf(fields.keySet());
        this.types = names.stream().map(fields::get).toList();
        for (int i = 0; i < names.size(); i++) {
            if (positions.put(plain(names.get(i)), i) != null) {
                throw new IllegalArgumentException(
                        "'" + names.get(i) + "' is there twice: case and underscores make no difference");
            }
        }
    }

    public List<String> names() {
        return names;
    }

    /** The values in the order of the names, null where there is none. {@link IllegalArgumentException} with the reason if it is no such JSON. */
    public @Nullable Object[] read(byte[] value) {
        @Nullable Object[] values = new @Nullable Object[names.size()];
        if (names.isEmpty()) { // then the value may be anything
            return values;
        }
        for (Map.Entry<String, Object> field : object(value).entrySet()) {
            Integer position = positions.get(plain(field.getKey()));
            boolean exact = position != null && names.get(position).equals(field.getKey());
            if (position != null && (exact || values[position] == null)) {
                values[position] = typed(position, field.getValue());
            }
        }
        return values;
    }

    /** The same of an object that was read before. */
    public @Nullable Object[] read(Map<String, @Nullable Object> object) {
        try {
            return read(WRITER.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON object: " + reason(e), e);
        }
    }

    private @Nullable Object typed(int position, @Nullable Object json) {
        try {
            return json == null ? null : types.get(position).read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(names.get(position) + " " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> object(byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("the value is empty");
        }
        try {
            Map<String, Object> object = READER.readValue(value);
            if (object != null) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON object: " + reason(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON object: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("not a JSON object but null");
    }

    private static String reason(JsonProcessingException e) {
        String said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return e.getLocation() == null
                ? said
                : said + " (byte " + Math.max(0, e.getLocation().getByteOffset()) + ")";
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonFields fields && fields.names.equals(names) && fields.types.equals(types);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {names, types});
    }
}
