package dev.backfill.fake;

import dev.backfill.time.StopSignal;
import dev.backfill.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that a spec moves; every wait ends at once and moves it. Thread-safe. */
public final class FakeTime implements Time {
    private final Instant origin;
    private final List<Duration> waits = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    public FakeTime(Instant origin) {
        this.origin = origin;
    }

    public synchronized void pass(Duration time) {
        passed = passed.plus(time);
    }

    /** Every wait so far, in order. */
    public synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public synchronized Instant now() {
        return origin.plus(passed);
    }

    @Override
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized boolean await(Duration time, StopSignal signal) {
        waits.add(time);
        passed = passed.plus(time);
        return signal.given().isPresent();
    }
}
