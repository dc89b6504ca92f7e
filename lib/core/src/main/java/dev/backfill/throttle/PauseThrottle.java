package dev.backfill.throttle;

import java.time.Duration;

/** The same wait after every batch. */
public record PauseThrottle(Duration pause) implements Throttle {
    @Override
    public Duration reserve(Cost cost) {
        return pause;
    }

    @Override
    public boolean betweenBatches() {
        return !pause.isZero();
    }

    @Override
    public String title() {
        return "pause " + Seconds.text(pause);
    }
}
