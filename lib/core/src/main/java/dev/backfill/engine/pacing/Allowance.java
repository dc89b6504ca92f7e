package dev.backfill.engine.pacing;

import dev.backfill.run.Extent;
import dev.backfill.run.PausedException;
import dev.backfill.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts down what one start may do. Thread-safe. */
public final class Allowance {
    private final OptionalLong limit;
    private final Optional<Instant> until;
    private final Time time;
    private long given;

    public Allowance(Extent extent, Time time) {
        this.limit = extent.limit();
        this.until = extent.until();
        this.time = time;
    }

    /**
     * How many records the next batch may have, at most as many as wanted; {@link #unused} gives back what it did not need.
     *
     * @throws PausedException if there is to be no next batch
     */
    public synchronized int next(int wanted) {
        check();
        long left = limit.isPresent() ? limit.getAsLong() - given : wanted;
        if (left <= 0) {
            throw new PausedException("the limit of " + limit.getAsLong() + " records is reached");
        }
        int next = (int) Math.min(wanted, left);
        given += next;
        return next;
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

    public synchronized void unused(long records) {
        given -= records;
    }
}
