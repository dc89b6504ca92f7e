package dev.backfill.engine.phase;

import dev.backfill.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what the work of a split takes, on whichever threads it is done. Thread-safe. */
final class Stint {
    private final Time time;
    private final AtomicLong nanos = new AtomicLong();

    Stint(Time time) {
        this.time = time;
    }

    /** When a piece of work begins. */
    long begin() {
        return time.nanos();
    }

    /** The time that the piece took, which is added. */
    Duration end(long begun) {
        long spent = time.nanos() - begun;
        nanos.addAndGet(spent);
        return Duration.ofNanos(spent);
    }

    /** All since it was taken last. */
    Duration taken() {
        return Duration.ofNanos(nanos.getAndSet(0));
    }
}
