package dev.backfill.engine.phase;

import dev.backfill.checkpoint.SplitState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.throttle.Cost;
import java.util.Optional;

/**
 * Reads a split batch by batch from where it is, as fast as the limits let it. An error is thrown, never taken for the end.
 * Used by one thread.
 */
final class BatchReader {
    private final PhaseContext context;
    private final SplitState from;
    private final Stint stint;
    private Cursor cursor;
    private Optional<Batch> last = Optional.empty();

    BatchReader(PhaseContext context, SplitState from, Stint stint) {
        this.stint = stint;
        this.context = context;
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
        int size = context.entrance().grant(context.chain().mostInTransaction());
        int records = 0;
        try {
            context.entrance().pass(new Cost(size));
            Batch batch = read(size);
            records = batch.size();
            return batch;
        } finally {
            context.entrance().settle(size, records);
        }
    }

    private Batch read(int size) {
        Cursor after = cursor;
        context.entrance().batchBegins();
        long begun = stint.begin();
        try {
            return context.retry()
                    .run(
                            "reading " + context.phase().title(),
                            () -> context.phase().source().read(from.split(), after, size));
        } catch (RuntimeException | Error e) {
            context.entrance().batchEnds();
            throw e;
        } finally {
            stint.end(begun);
        }
    }

    private void rest(Batch before, Runnable idle) {
        if (before.large() || context.entrance().betweenBatches()) {
            idle.run();
        }
        context.entrance().rest(new Cost(before.size(), 1, stint.taken()));
    }
}
