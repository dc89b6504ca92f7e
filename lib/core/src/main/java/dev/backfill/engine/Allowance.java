package dev.backfill.engine;

import dev.backfill.run.Extent;
import dev.backfill.run.PausedException;
import dev.backfill.time.Time;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts down what one start may do. Used by one thread. */
final class Allowance {
    private final OptionalLong limit;
    private final Optional<Instant> until;
    private final Time time;
    private long read;

    Allowance(Extent extent, Time time) {
        this.limit = extent.limit();
        this.until = extent.until();
        this.time = time;
    }

    /**
     * How many records the next batch may have, at most as many as wanted.
     *
     * @throws PausedException if there is to be no next batch
     */
    int next(int wanted) {
        if (until.isPresent() && !time.now().isBefore(until.get())) {
            throw new PausedException("the time for this run was over at " + until.get());
        }
        long left = limit.isPresent() ? limit.getAsLong() - read : wanted;
        if (left <= 0) {
            throw new PausedException("the limit of " + limit.getAsLong() + " records is reached");
        }
        return (int) Math.min(wanted, left);
    }

    void used(long records) {
        read += records;
    }
}
