package dev.backfill.engine.pacing;

import dev.backfill.run.Extent;
import dev.backfill.run.HaltedException;
import dev.backfill.run.PausedException;
import dev.backfill.time.Time;
import dev.backfill.words.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts down what one attempt may read, and ends it when its time is over. Thread-safe. */
public final class Allowance {
    private final OptionalLong limit;
    private final Optional<Instant> until;
    private final Time time;
    private long read;
    private long granted;

    public Allowance(Extent extent, Time time) {
        this.limit = extent.limit();
        this.until = extent.until();
        this.time = time;
    }

    /**
     * Grants the next batch at most as many records as wanted. Waits while batches being read by other threads may still leave
     * some of theirs over. Every grant must be settled.
     *
     * @throws PausedException if there is to be no next batch
     */
    public synchronized int grant(int wanted) {
        check();
        if (limit.isEmpty()) {
            return wanted;
        }
        awaitRoom(limit.getAsLong());
        int grant = (int) Math.min(wanted, limit.getAsLong() - read - granted);
        granted += grant;
        return grant;
    }

    /**
     * Ends a grant, also after a failure.
     *
     * @param records how many of the granted records were read
     */
    public synchronized void settle(int grant, int records) {
        if (limit.isPresent()) {
            granted -= grant;
            read += records;
            notifyAll();
        }
    }

    private synchronized void awaitRoom(long most) {
        try {
            while (granted > 0 && most - read - granted <= 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaltedException();
        }
        if (most - read <= 0) {
            throw new PausedException("the limit of " + Quantity.of(most, "record") + " is reached");
        }
    }

    /** {@link PausedException} if the time is over. */
    void check() {
        if (until.isPresent() && !time.now().isBefore(until.get())) {
            throw new PausedException("the time for this run was over at " + until.get());
        }
    }

    /** A wait that does not go beyond the time for this run. */
    Duration atMost(Duration wait) {
        return until.map(end -> Duration.between(time.now(), end))
                .filter(left -> left.compareTo(wait) < 0)
                .orElse(wait);
    }
}
