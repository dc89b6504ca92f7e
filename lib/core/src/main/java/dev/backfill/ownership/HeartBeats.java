package dev.backfill.ownership;

import dev.backfill.time.Ticks;

/** Renews the lease in the background. */
public final class HeartBeats implements AutoCloseable {
    private final LeaseGuard heart;
    private final Ticks beats;

    private HeartBeats(LeaseGuard heart, Ticks beats) {
        this.heart = heart;
        this.beats = beats;
    }

    public static HeartBeats start(LeaseGuard heart) {
        return new HeartBeats(heart, heart.time().every(LeaseGuard.BEAT, "heartbeat", heart::beat));
    }

    public LeaseGuard heart() {
        return heart;
    }

    @Override
    public void close() {
        beats.close();
    }
}
