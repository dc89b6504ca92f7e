package dev.backfill.time;

import java.time.Duration;

/** Waits, unless the run is to stop. */
public record Waiter(Time time, StopSignal signal) {
    /** {@link StoppedException} if the signal was given before the time was over. */
    public void pause(Duration duration) {
        if (signal.given().isPresent() || (duration.toNanos() > 0 && time.await(duration, signal))) {
            throw new StoppedException();
        }
    }

    /**
     * Waits so long, or until the signal rings; {@link StoppedException} if it is given.
     *
     * @param rings how often it had rung when the wait was decided on
     */
    public void rest(Duration duration, long rings) {
        if (signal.given().isPresent() || (duration.toNanos() > 0 && time.await(duration, signal, rings))) {
            throw new StoppedException();
        }
    }
}
