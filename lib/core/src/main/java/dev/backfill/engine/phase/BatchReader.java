package dev.backfill.engine.phase;

import dev.backfill.checkpoint.SplitState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.throttle.Cost;
import java.util.Optional;

/**
 * Reads a split batch by batch from where it is, as fast as the limits let it. An error is thrown, never taken for the end.
 * Used by one thread.
 */
final class BatchReader {
    private final OpenPhase phase;
    private final Means means;
    private final SplitState from;
    private final Stint stint;
    private Cursor cursor;
    private Optional<Batch> last = Optional.empty();

    BatchReader(OpenPhase phase, Means means, SplitState from, Stint stint) {
        this.stint = stint;
        this.phase = phase;
        this.means = means;
        this.from = from;
        this.cursor = from.cursor();
    }

    /**
     * The next batch, which counts as work from now on; not called again after the last one.
     *
     * @param idle returns when all batches read so far are finished, for limits that wait between batches
     */
    Batch next(Runnable idle) {
        last.ifPresent(batch -> rest(batch, idle));
        Batch batch = granted();
        cursor = batch.next();
        last = Optional.of(batch);
        return batch;
    }

    private Batch granted() {
        int size = means.allowance()
                .grant(Math.min(means.pace().size(), means.chain().mostInTransaction()));
        int records = 0;
        try {
            means.entrance().pass(new Cost(size));
            Batch batch = read(size);
            records = batch.size();
            return batch;
        } finally {
            means.allowance().settle(size, records);
        }
    }

    private Batch read(int size) {
        Cursor after = cursor;
        means.sheet().batchBegins();
        long begun = stint.begin();
        try {
            return means.retry()
                    .run("reading " + phase.title(), () -> phase.source().read(from.split(), after, size));
        } catch (RuntimeException | Error e) {
            means.sheet().batchEnds();
            throw e;
        } finally {
            stint.end(begun);
        }
    }

    private void rest(Batch before, Runnable idle) {
        if (means.pace().limits().betweenBatches()) {
            idle.run();
        }
        means.entrance().rest(new Cost(before.size(), 1, stint.taken()));
    }
}
