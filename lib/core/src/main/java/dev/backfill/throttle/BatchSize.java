package dev.backfill.throttle;

import dev.backfill.plan.ThrottleRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many records go together: as many as were asked for, or as many as take about the wanted time. Thread-safe.
 */
public final class BatchSize {
    private static final int LEAST = 10;
    private static final int MOST = 100_000;
    private static final double FAR_OVER = 5;
    private static final double GROWTH = 1.5;

    private final Optional<Duration> target;
    private int size;

    public BatchSize(int first, Optional<Duration> target) {
        this.size = first;
        this.target = target;
    }

    /** With the time that the last of the rules wants for a batch, if one does. */
    public static BatchSize of(int first, List<ThrottleRule> rules) {
        Optional<Duration> target = Optional.empty();
        for (ThrottleRule rule : rules) {
            if (rule instanceof ThrottleRule.BatchTime time) {
                target = Optional.of(time.target());
            }
        }
        return new BatchSize(first, target);
    }

    public synchronized int next() {
        return size;
    }

    /** Learns from a batch that is finished; one that was shorter than asked for says only that it was too slow. */
    public synchronized void took(long records, Duration time) {
        if (target.isEmpty() || records < size / 2) {
            return;
        }
        double ratio = Math.max(1e-6, (double) time.toNanos() / target.get().toNanos());
        if (ratio >= FAR_OVER) {
            become(Math.min(size, records / 2.0));
        } else if (ratio > 1 || records >= size) {
            become(Math.min(Math.max(records / ratio, size / 2.0), size * GROWTH));
        }
    }

    private void become(double wanted) {
        size = (int) Math.max(Math.min(LEAST, size), Math.min(Math.max(MOST, size), Math.round(wanted)));
    }
}
