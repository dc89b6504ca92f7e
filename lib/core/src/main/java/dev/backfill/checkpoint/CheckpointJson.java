package dev.backfill.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns checkpoints into JSON and back; fields that it does not know are passed over. Thread-safe. */
public final class CheckpointJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CheckpointJson() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** The fields of a JSON object in their order; whole numbers are Longs. */
    public static Map<String, Object> fields(String json) {
        try {
            return whole(MAPPER.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {})
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(json));
        } catch (JsonProcessingException e) {
            throw damaged(json, e);
        }
    }

    /** {@link DamagedCheckpointException} if the text is not what was written for the type. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return whole(MAPPER.readValue(json, type));
        } catch (JsonProcessingException e) {
            throw damaged(json, e);
        }
    }

    private static <T> T whole(@Nullable T value) {
        if (value == null) {
            throw new DamagedCheckpointException("not a checkpoint of this runtime: it is 'null'");
        }
        return value;
    }

    private static DamagedCheckpointException damaged(String json, JsonProcessingException e) {
        return new DamagedCheckpointException(
                "not a checkpoint of this runtime: " + (json.isBlank() ? "it is empty" : e.getOriginalMessage()));
    }
}
