package dev.backfill.engine;

import dev.backfill.checkpoint.SplitState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.throttle.Cost;
import dev.backfill.time.StoppedException;
import java.util.Optional;

/**
 * Reads a split batch by batch from where it is, as fast as the limits let it. An error is thrown, never taken for the end.
 * Used by one thread.
 */
final class BatchReader {
    private final OpenPhase phase;
    private final Means means;
    private final SplitState from;
    private Cursor cursor;
    private Optional<Batch> last = Optional.empty();

    BatchReader(OpenPhase phase, Means means, SplitState from) {
        this.phase = phase;
        this.means = means;
        this.from = from;
        this.cursor = from.cursor();
    }

    /**
     * The next batch; not called again after the last one.
     *
     * @param idle returns when all batches read so far are finished, for limits that wait between batches
     */
    Batch next(Runnable idle) {
        last.ifPresent(batch -> hold(batch, idle));
        if (means.conditions().stop().given().isPresent()) {
            throw new StoppedException();
        }
        means.halt().check();
        Pacing pacing = means.pacing();
        int size = pacing.allowance().next(pacing.size());
        Cursor after = cursor;
        Batch batch = means.retry()
                .run("reading " + phase.title(), () -> phase.source().read(from.split(), after, size));
        pacing.allowance().unused(size - batch.size());
        cursor = batch.next();
        last = Optional.of(batch);
        return batch;
    }

    private void hold(Batch before, Runnable idle) {
        if (means.pacing().limits().betweenBatches()) {
            idle.run();
        }
        means.pacing().limits().reserve(new Cost(before.size())).ifPresent(hold -> {
            means.conditions().listener().holding(hold.title(), hold.time());
            means.conditions().waiter().pause(hold.time());
        });
    }
}
