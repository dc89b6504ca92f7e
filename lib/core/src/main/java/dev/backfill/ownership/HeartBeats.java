package dev.backfill.ownership;

import dev.backfill.time.Ticks;

/** Lets a heart beat beside the work. */
public final class HeartBeats implements AutoCloseable {
    private final Heart heart;
    private final Ticks beats;

    private HeartBeats(Heart heart, Ticks beats) {
        this.heart = heart;
        this.beats = beats;
    }

    public static HeartBeats start(Heart heart) {
        return new HeartBeats(heart, heart.time().every(Heart.BEAT, "heartbeat", heart::beat));
    }

    public Heart heart() {
        return heart;
    }

    @Override
    public void close() {
        beats.close();
    }
}
