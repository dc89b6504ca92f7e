package dev.backfill.typesense.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param delay how long it says to wait before the next request
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Answer(int status, byte[] body, Optional<Duration> delay) {
    private static final JsonMapper MAPPER = new JsonMapper(new JsonFactory());
    private static final int LONGEST = 300;

    public boolean success() {
        return status == 200 || status == 201;
    }

    /** Only this sentence: a 404 may mean that there is no such collection, or no such server. */
    public boolean noDocument() {
        return status == 404 && message().startsWith("Could not find a document");
    }

    /** The reason that it gives, or the beginning of whatever it says. */
    public String message() {
        try {
            JsonNode message = MAPPER.readTree(body).path("message");
            if (message.isTextual()) {
                return message.asText();
            }
        } catch (IOException e) {
            // then it is not Typesense that speaks, but something before it
        }
        String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
