package dev.backfill.time;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a run to end after the batch in flight. Can be given once; the first reason stays. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final AtomicReference<@Nullable Stop> reason = new AtomicReference<>();

    public void give(Stop why) {
        reason.compareAndSet(null, why);
        latch.countDown();
    }

    public Optional<Stop> given() {
        return Optional.ofNullable(reason.get());
    }

    /** Waits for the signal, at most so long; true if it was given. An interrupt of the thread counts as given. */
    boolean await(Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
