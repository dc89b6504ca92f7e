package dev.backfill.sandbox.relbase;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts calls in a sliding second; those that it refuses do not count. Thread-safe. */
final class Limit {
    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private final Deque<Long> within = new ArrayDeque<>();

    Limit(int perSecond) {
        this.perSecond = perSecond;
    }

    synchronized boolean allows(long nanos) {
        while (!within.isEmpty() && nanos - within.peekFirst() >= SECOND) {
            within.removeFirst();
        }
        if (within.size() >= perSecond) {
            return false;
        }
        within.addLast(nanos);
        return true;
    }
}
