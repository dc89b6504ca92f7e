package dev.backfill.control;

import dev.backfill.layout.Screen;
import java.time.Instant;
import java.util.function.Function;

/**
 * Who wished something, and when.
 *
 * @param by "anna@laptop"
 * @param reason in that person's words; may be empty
 */
public record ControlRequest(String by, Instant at, String reason) {
    @Override
    public String toString() {
        return text(Screen.unlimited()::time);
    }

    /**
     * @param time writes the time as the one who reads it wants it
     */
    public String text(Function<Instant, String> time) {
        return "by " + by + " at " + time.apply(at) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
