package dev.backfill.checkpoint;

import java.time.Instant;

/**
 * A record that could not be written, and why.
 *
 * @param sink what refused it: a sink's title, or the step before the sinks
 * @param key the record's key in its source
 * @param attempts how often it was tried
 * @param payload the record as JSON
 */
public record DeadLetter(
        String run, String phase, String sink, String key, String error, int attempts, String payload, Instant at) {}
