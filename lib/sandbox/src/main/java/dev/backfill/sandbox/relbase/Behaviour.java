package dev.backfill.sandbox.relbase;

import java.time.Duration;
import java.util.Set;

/**
 * How the simulator behaves.
 *
 * @param products how many there are
 * @param perSecond at most so many calls in any second
 * @param latency before each answer
 * @param errors the share of calls that end with 500 or 503, from 0 to 1
 * @param malformed the share of calls whose answer is cut, no JSON, or of another shape
 * @param broken paths that always end with 500
 * @param retryAfter what a refused call is asked to wait: seconds, or "date" for a date
 * @param seed other data and other faults of the same kind
 */
public record Behaviour(
        int products,
        int perSecond,
        Duration latency,
        double errors,
        double malformed,
        Set<String> broken,
        String retryAfter,
        long seed) {
    /** As the real one, in all but its speed. */
    public static Behaviour usual(int products, int perSecond, long seed) {
        return new Behaviour(products, perSecond, Duration.ofMillis(5), 0, 0, Set.of(), "1", seed);
    }

    public Behaviour slow(Duration time) {
        return new Behaviour(products, perSecond, time, errors, malformed, broken, retryAfter, seed);
    }

    public Behaviour faulty(double failing, double odd) {
        return new Behaviour(products, perSecond, latency, failing, odd, broken, retryAfter, seed);
    }

    public Behaviour broken(Set<String> paths) {
        return new Behaviour(products, perSecond, latency, errors, malformed, paths, retryAfter, seed);
    }

    public Behaviour retryAfter(String wait) {
        return new Behaviour(products, perSecond, latency, errors, malformed, broken, wait, seed);
    }
}
