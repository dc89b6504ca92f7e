package dev.backfill.http.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What the service answered.
 *
 * @param delay how long it says to wait before the next request
 * @param next where its Link header says that the list continues
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Answer(int status, byte[] body, Optional<Duration> delay, Optional<String> next) {
    private static final int LONGEST = 200;

    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** The beginning of whatever it says, in one line. */
    public String message() {
        String text = new String(body, 0, Math.min(body.length, 4 * LONGEST), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The same with other words instead of its body. */
    public Answer saying(String words) {
        return new Answer(status, words.getBytes(StandardCharsets.UTF_8), delay, next);
    }
}
