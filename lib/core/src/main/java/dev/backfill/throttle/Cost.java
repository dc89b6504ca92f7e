package dev.backfill.throttle;

import java.time.Duration;

/**
 * What is about to be spent, or was.
 *
 * @param records how many records go together
 * @param requests how many requests they take
 * @param took the time that their work took; nothing before it is done
 */
public record Cost(long records, long requests, Duration took) {
    /** A batch about to be worked on, which counts as one request. */
    public Cost(long records) {
        this(records, 1, Duration.ZERO);
    }

    /** A request that is about to be made. */
    public static Cost request() {
        return new Cost(0, 1, Duration.ZERO);
    }
}
