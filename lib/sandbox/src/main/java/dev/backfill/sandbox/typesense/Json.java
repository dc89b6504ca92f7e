package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads and writes documents, whose fields the server keeps in the order of their names. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final TypeReference<TreeMap<String, Object>> DOCUMENT = new TypeReference<>() {};

    private Json() {}

    /** A document as a client sent it. */
    static Map<String, Object> document(String line) {
        try {
            if (line.stripLeading().startsWith("[")) {
                throw new Refused(400, "Bad JSON: not a properly formed document.");
            }
            return whole(MAPPER.readValue(line, DOCUMENT));
        } catch (JsonProcessingException e) {
            throw new Refused(400, "Bad JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, Object> whole(Map<String, Object> document) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(document.toString())) {
            throw new Refused(400, "Bad JSON: half a surrogate pair");
        }
        return document;
    }

    /** A document as it was kept. */
    static Map<String, Object> document(byte[] kept) {
        try {
            return MAPPER.readValue(kept, DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new Refused(400, "Bad JSON.");
        }
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new Refused(400, "Bad JSON: " + e.getOriginalMessage());
        }
    }

    /** The kept document with these fields only. */
    static byte[] only(byte[] kept, Predicate<String> wanted) {
        ByteArrayOutputStream narrowed = new ByteArrayOutputStream(kept.length);
        try (JsonParser in = MAPPER.createParser(kept);
                JsonGenerator out = MAPPER.createGenerator(narrowed)) {
            in.nextToken();
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                copy(in, out, wanted.test(in.currentName()));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return narrowed.toByteArray();
    }

    private static void copy(JsonParser in, JsonGenerator out, boolean wanted) throws IOException {
        if (wanted) {
            out.copyCurrentStructure(in);
        } else {
            in.nextToken();
            in.skipChildren();
        }
    }
}
