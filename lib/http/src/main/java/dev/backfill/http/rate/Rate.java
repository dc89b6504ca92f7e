package dev.backfill.http.rate;

import java.time.Duration;

/**
 * At most so many calls in any such period, wherever it begins.
 *
 * @param calls at least 1
 */
public record Rate(int calls, Duration period) {
    private static final int MOST = 100_000;

    /** A rate as people say it; below one call in the time, the time is made longer. */
    public static Rate of(double calls, Duration period) {
        if (!(calls > 0) || calls > MOST) {
            throw new IllegalArgumentException("a rate must be above 0 and at most " + MOST + ", but is " + calls);
        }
        int whole = Math.max(1, (int) calls);
        return new Rate(whole, Duration.ofNanos((long) (period.toNanos() * (whole / calls))));
    }
}
