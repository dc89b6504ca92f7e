package dev.backfill.control;

import java.time.Instant;

/**
 * Who wished something, and when.
 *
 * @param by "anna@laptop"
 * @param reason in that person's words; may be empty
 */
public record Wish(String by, Instant at, String reason) {
    @Override
    public String toString() {
        return "by " + by + " at " + at + (reason.isEmpty() ? "" : ": " + reason);
    }
}
