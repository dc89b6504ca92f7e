package dev.backfill.checkpoint;

import dev.backfill.connector.Rejection;
import java.time.Instant;
import java.util.List;

/**
 * A record that could not be written, and why.
 *
 * @param sink what refused it: a sink's title, or the step before the sinks
 * @param key the record's key in its source
 * @param attempts how often it was tried
 * @param payload the record as JSON: an object, or a text where it was too large
 * @param first when it was refused first; the same for all later tries
 * @param at when it was refused last
 */
public record DeadLetter(
        String run,
        String phase,
        String sink,
        String key,
        Rejection rejection,
        int attempts,
        String payload,
        Instant first,
        Instant at) {
    /** What distinguishes it from others: a record has one for each sink that refuses it. */
    public List<String> identity() {
        return List.of(run, phase, sink, key);
    }

    public String error() {
        return rejection.reason();
    }

    /** The same, known since an earlier instant. */
    public DeadLetter since(Instant earlier) {
        return new DeadLetter(run, phase, sink, key, rejection, attempts, payload, earlier, at);
    }

    /** The same after so many attempts. */
    public DeadLetter tried(int times) {
        return new DeadLetter(run, phase, sink, key, rejection, times, payload, first, at);
    }
}
