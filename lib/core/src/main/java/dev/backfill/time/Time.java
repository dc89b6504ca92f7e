package dev.backfill.time;

import java.time.Duration;
import java.time.Instant;

/** The clock of a run, and the only place where it waits. Thread-safe. */
public interface Time {
    Instant now();

    /** Nanoseconds that only grow, for measuring how long something took. */
    long nanos();

    /** Waits so long, but not after the signal is given; true if it was. */
    boolean await(Duration time, StopSignal signal);

    /** Does something in this rhythm, next to the caller's thread, until the result is closed. */
    default Ticks every(Duration period, String name, Runnable task) {
        return TickingThread.start(period, name, task);
    }

    /**
     * The same, but not after the signal has rung either.
     *
     * @param rings how often it had rung when the wait was decided on
     */
    default boolean await(Duration time, StopSignal signal, long rings) {
        return await(time, signal);
    }
}
