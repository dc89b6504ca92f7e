package dev.backfill.time;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a run to end after the batch in flight; can be given once, and the first reason stays. It also rings, to wake those
 * who wait for something that may have changed. Thread-safe.
 */
public final class StopSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Stop reason;
    private final AtomicLong rings = new AtomicLong();

    public void give(Stop why) {
        change(() -> {
            if (reason == null) {
                reason = why;
            }
        });
    }

    public Optional<Stop> given() {
        return Optional.ofNullable(reason);
    }

    /** Ends the waits that listen for it. */
    public void ring() {
        change(rings::incrementAndGet);
    }

    /** How often it rang. */
    public long rings() {
        return rings.get();
    }

    /** Waits for the signal, at most so long; true if it was given. An interrupt of the thread counts as given. */
    boolean await(Duration time) {
        return await(time, () -> reason != null);
    }

    /** The same, but not after it has rung more often than so. */
    boolean await(Duration time, long heard) {
        return await(time, () -> reason != null || rings.get() != heard);
    }

    private boolean await(Duration time, BooleanSupplier over) {
        long left = time.toNanos();
        lock.lock();
        try {
            while (left > 0 && !over.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
            return reason != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
