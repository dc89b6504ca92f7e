package dev.backfill.flow;

import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.TransientFailure;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a sink less at once where its target had no time for as much: halves of the batch, halves of those, and from then on
 * never more than what worked. Thread-safe.
 */
final class AdaptiveWriteSize {
    private static final Logger LOG = LoggerFactory.getLogger(AdaptiveWriteSize.class);

    private final String title;
    private volatile int most = Integer.MAX_VALUE;

    /**
     * @param title what the sink is called
     */
    AdaptiveWriteSize(String title) {
        this.title = title;
    }

    /**
     * @param write writes all records that it is given or, with an {@link OversizedFailure}, none of them
     */
    Outcome write(List<Row> records, Function<List<Row>, Outcome> write) {
        if (records.size() > most) {
            return parts(records, write);
        }
        try {
            return write.apply(records);
        } catch (OversizedFailure failure) {
            shrink(records.size(), failure);
            return parts(records, write);
        }
    }

    private Outcome parts(List<Row> records, Function<List<Row>, Outcome> write) {
        Outcome all = Outcome.of(List.of(), Fate.UNCHANGED);
        int size = most;
        for (int at = 0; at < records.size(); at += size) {
            all = all.plus(write(records.subList(at, Math.min(records.size(), at + size)), write));
        }
        return all;
    }

    /** Several batches may find it out together. */
    private synchronized void shrink(int tooMany, OversizedFailure failure) {
        int half = Math.max(1, tooMany / 2);
        if (half < most) {
            most = half;
            LOG.warn(
                    "{} had no time for {} records at once, so it gets {} at most: {}",
                    title,
                    tooMany,
                    half,
                    failure.getMessage());
        }
    }

    /** One record alone cannot be made less: whether it is tried again is decided as for any failure that may pass. */
    static Outcome undivided(List<Row> records, Supplier<Outcome> write) {
        try {
            return write.get();
        } catch (OversizedFailure failure) {
            throw records.size() > 1 ? failure : new TransientFailure(String.valueOf(failure.getMessage()), failure);
        }
    }
}
