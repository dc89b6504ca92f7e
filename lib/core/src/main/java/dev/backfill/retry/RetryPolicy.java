package dev.backfill.retry;

import java.time.Duration;

/**
 * How often a step is tried, and how long the waits between are.
 *
 * @param attempts the first try included
 * @param first the wait after the first failure; each further one is twice as long
 * @param longest no wait is longer
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    /** How long a server may have a step wait before it lets it through; after that the run ends, to be started again later. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Some four minutes in all: a server that restarts or fails over is back by then. */
    public static final RetryPolicy STANDARD = new RetryPolicy(20, Duration.ofMillis(250), Duration.ofSeconds(15));

    /** Some seconds in all: for what a person waits for, and for what must not keep a run from its end. */
    public static final RetryPolicy BRIEF = new RetryPolicy(4, Duration.ofMillis(250), Duration.ofSeconds(1));

    /**
     * The wait after a failed attempt.
     *
     * @param attempt which one failed, from 1
     * @param chance a number from 0 to 1: the wait is between half of the full time and all of it, so that many runners do
     *     not come back at the same instant
     */
    public Duration delay(int attempt, double chance) {
        long full = longest.toNanos();
        if (attempt <= 30) {
            full = Math.min(full, first.toNanos() << (attempt - 1));
        }
        return Duration.ofNanos((long) (full * (0.5 + chance / 2)));
    }
}
