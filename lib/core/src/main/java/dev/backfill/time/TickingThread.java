package dev.backfill.time;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ticks by the machine's own clock, on a thread of its own that keeps no process alive. */
final class TickingThread implements Ticks {
    private final ScheduledExecutorService thread;
    private final Future<?> ticks;

    private TickingThread(ScheduledExecutorService thread, Future<?> ticks) {
        this.thread = thread;
        this.ticks = ticks;
    }

    static TickingThread start(Duration period, String name, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(ticking -> {
            Thread daemon = new Thread(ticking, name);
            daemon.setDaemon(true);
            return daemon;
        });
        long millis = period.toMillis();
        return new TickingThread(thread, thread.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        ticks.cancel(false);
        thread.shutdown();
    }
}
