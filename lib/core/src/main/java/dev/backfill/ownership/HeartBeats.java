package dev.backfill.ownership;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets a heart beat on a thread of its own. */
public final class HeartBeats implements AutoCloseable {
    private final Heart heart;
    private final ScheduledExecutorService thread;
    private final Future<?> beats;

    private HeartBeats(Heart heart, ScheduledExecutorService thread, Future<?> beats) {
        this.beats = beats;
        this.heart = heart;
        this.thread = thread;
    }

    public static HeartBeats start(Heart heart) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread beating = new Thread(task, "heartbeat");
            beating.setDaemon(true);
            return beating;
        });
        long period = Heart.BEAT.toMillis();
        Future<?> beats = thread.scheduleAtFixedRate(heart::beat, period, period, TimeUnit.MILLISECONDS);
        return new HeartBeats(heart, thread, beats);
    }

    public Heart heart() {
        return heart;
    }

    @Override
    public void close() {
        beats.cancel(false);
        thread.shutdown();
    }
}
