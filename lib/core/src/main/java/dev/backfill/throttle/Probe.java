package dev.backfill.throttle;

import dev.backfill.connector.Failure;
import dev.backfill.run.PausedException;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server how it is, at most once a second. What cannot be read at first is an error; later it counts as not well,
 * and ends the run when it has lasted. Used by one thread at a time.
 */
final class Probe {
    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String title;
    private final BooleanSupplier well;
    private final Time time;
    private boolean open;
    private boolean asked;
    private long askedAt;
    private long readAt;

    /**
     * @param well throws if it cannot be read
     */
    Probe(String title, BooleanSupplier well, Time time) {
        this.title = title;
        this.well = well;
        this.time = time;
    }

    /** No time if the server is well; else how long to wait before the next look. */
    Duration ask() {
        if (!asked || since(askedAt).compareTo(LOOK) >= 0) {
            look();
        }
        return open ? Duration.ZERO : LOOK.minus(since(askedAt));
    }

    private void look() {
        long now = time.nanos();
        try {
            open = well.getAsBoolean();
            readAt = now;
        } catch (Failure | IllegalStateException e) {
            unreadable(e);
        }
        askedAt = time.nanos();
        asked = true;
    }

    private void unreadable(RuntimeException failure) {
        if (!asked) {
            throw failure;
        }
        if (open) {
            LOG.warn("{} cannot be read, so the run waits: {}", title, failure.getMessage());
        }
        open = false;
        if (since(readAt).compareTo(PATIENCE) >= 0) {
            throw new PausedException(title + " could not be read for " + PATIENCE.toMinutes() + " minutes: "
                    + failure.getMessage() + "; start again when it can");
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(time.nanos() - nanos);
    }
}
