package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.DeferredConstraintBisector;
import dev.backfill.flow.Recheck;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.WriteOrder;
import dev.backfill.flow.WrittenBatch;
import dev.backfill.run.Progress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;

/** Works through one split: read, wait, transform, write, save; several batches at once, saved in their order. */
final class SplitWork implements Pipeline.Stages {
    private final int index;
    private final int split;
    private final OpenPhase phase;
    private final Means means;
    private final Stint stint;
    private final WriteOrder order;
    private final BatchReader reader;
    private long saved;

    SplitWork(int index, int split, OpenPhase phase, Means means) {
        this.index = index;
        this.split = split;
        this.phase = phase;
        this.means = means;
        this.stint = new Stint(means.context().time());
        this.order = new WriteOrder(means.chain().own());
        this.reader = new BatchReader(phase, means, state().splits().get(split), stint);
    }

    void run() {
        int window = window();
        if (window == 1) {
            oneByOne();
        } else {
            new Pipeline(window, this).run(phase.plan().name() + " " + (split + 1));
        }
    }

    /** A look after the write finds what another batch has written, so that all sinks must be able to tell them apart. */
    private int window() {
        if (!phase.source().traits().readsAhead()) {
            return 1;
        }
        boolean apart = means.chain().own().stream().allMatch(sink -> sink.sink() instanceof KeyedSink);
        return means.recheck() && !apart ? 1 : means.concurrency().window();
    }

    private void oneByOne() {
        Batch batch;
        long number = 0;
        do {
            batch = read(() -> {});
            save(write(batch, number++));
        } while (!batch.last());
    }

    @Override
    public Batch read(Runnable idle) {
        return reader.next(idle);
    }

    @Override
    public WrittenBatch write(Batch batch, long number) {
        long begun = stint.begin();
        TransformedBatch transformed = phase.steps().apply(batch.rows());
        BatchProgress progress = means.chain().write(BatchProgress.of(transformed.items()), order.turn(number));
        WrittenBatch written = new WrittenBatch(batch, transformed, progress, Duration.ZERO);
        if (means.recheck()) {
            written = new Recheck(phase.steps(), means.chain()).untilStable(written);
        }
        return written.within(stint.end(begun));
    }

    @Override
    public void save(WrittenBatch written) {
        long begun = stint.begin();
        if (means.chain().shared().isEmpty()) {
            means.keeper().save(saving(written));
        } else {
            writeAndSave(written, new IdentityHashMap<>());
        }
        finished(written.batch(), written.took().plus(stint.end(begun)));
        means.ceiling().check(state());
        means.context()
                .listener()
                .saved(new Progress(
                        means.keeper().state(),
                        index,
                        written.batch().size(),
                        written.transformed().details()));
    }

    @Override
    public void halt() {
        means.halt().give();
        order.halt();
    }

    /** The last sinks and the checkpoint commit together. Each round finds more that the commit rejects, or is the last. */
    private void writeAndSave(WrittenBatch written, Map<Row, Rejection> rejected) {
        try {
            means.keeper()
                    .saveWith(transaction ->
                            saving(written.with(means.chain().writeIn(transaction, written.progress(), rejected))));
        } catch (RejectedFailure atCommit) {
            Map<Row, Rejection> more = means.keeper()
                    .rehearse(trial ->
                            new DeferredConstraintBisector(means.chain(), written.progress(), trial).beyond(rejected));
            if (more.isEmpty()) {
                throw atCommit;
            }
            rejected.putAll(more);
            writeAndSave(written, rejected);
        }
    }

    private BatchSaving saving(WrittenBatch written) {
        return new BatchSaving(
                phase, index, split, written, means.context().time().now());
    }

    /** A batch may have waited for those before it: then the time since the last one was saved is nearer to its own. */
    private void finished(Batch batch, Duration took) {
        long now = stint.begin();
        Duration since = Duration.ofNanos(now - saved);
        boolean first = saved == 0;
        saved = now;
        means.pace().took(batch.size(), first || took.compareTo(since) < 0 ? took : since);
        means.sheet().batchEnds();
    }

    private PhaseState state() {
        return means.keeper().state().phases().get(index);
    }
}
