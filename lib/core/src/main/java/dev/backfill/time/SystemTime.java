package dev.backfill.time;

import java.time.Duration;
import java.time.Instant;

/** The machine's own time. */
public final class SystemTime implements Time {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean await(Duration time, StopSignal signal) {
        return signal.await(time);
    }

    @Override
    public boolean await(Duration time, StopSignal signal, long rings) {
        return signal.await(time, rings);
    }
}
