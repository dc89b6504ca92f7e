package dev.backfill.flow;

import dev.backfill.connector.OversizedFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns how many records a target takes in one write: half of what was too large, and from then on never more than what
 * worked, except for a careful try of half as much again, more seldom after each one that fails. Thread-safe.
 */
final class AdaptiveWriteSize {
    private static final Logger LOG = LoggerFactory.getLogger(AdaptiveWriteSize.class);
    /** After so many full writes in a row a larger one is tried: even if it fails, it costs little of the time. */
    private static final int FIRST_PATIENCE = 100;

    private static final int LAST_PATIENCE = 30_000;

    private final String title;
    private volatile int most = Integer.MAX_VALUE;
    /** The largest that has worked since something was too large; 0 for none. */
    private int proven;

    private int inARow;
    private int patience = FIRST_PATIENCE;

    /**
     * @param title what the sink is called
     */
    AdaptiveWriteSize(String title) {
        this.title = title;
    }

    int most() {
        return most;
    }

    /** A write has succeeded. Only one of the full size says something. */
    void worked(int records) {
        if (records == most) {
            proved(records);
        }
    }

    private synchronized void proved(int records) {
        if (records != most) {
            return;
        }
        proven = records;
        inARow++;
        if (inARow >= patience) {
            inARow = 0;
            most = records + Math.max(1, records / 2);
            LOG.info("{} has taken {} records at once {} times: trying {}", title, records, patience, most);
        }
    }

    /** A write was given up by the target, and undone. Several batches may find it out together. */
    synchronized void tooLarge(int records, OversizedFailure failure) {
        boolean tried = proven > 0 && proven < records;
        int next = tried ? proven : Math.max(1, records / 2);
        if (next >= most) {
            return;
        }
        patience = tried ? Math.min(LAST_PATIENCE, 2 * patience) : FIRST_PATIENCE;
        proven = tried ? proven : 0;
        inARow = 0;
        most = next;
        LOG.warn(
                "{} timed out with {} records in one write: writing at most {} from now on. {}",
                title,
                records,
                next,
                failure.getMessage());
    }
}
