package dev.backfill.engine.phase;

import dev.backfill.connector.Batch;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.DeferredConstraintBisector;
import dev.backfill.flow.RepeatUntilStable;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.WriteOrder;
import dev.backfill.flow.WrittenBatch;
import dev.backfill.run.Progress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;

/** Works through one split: read, wait, transform, write, save; several batches at once, saved in their order. */
final class SplitWork implements Pipeline.Stages {
    private final int split;
    private final OpenPhase phase;
    private final PhaseContext context;
    private final Stint stint;
    private final WriteOrder order;
    private final BatchReader reader;
    private long saved;

    SplitWork(int split, PhaseContext context) {
        this.split = split;
        this.phase = context.phase();
        this.context = context;
        this.stint = new Stint(context.run().time());
        this.order = new WriteOrder(context.chain().own());
        this.reader = new BatchReader(context, context.state().splits().get(split), stint);
    }

    void run() {
        int inFlight = inFlight();
        if (inFlight == 1) {
            oneByOne();
        } else {
            new Pipeline(inFlight, this).run(phase.plan().name() + " " + (split + 1));
        }
    }

    /** A look after the write finds what another batch has written, so that all sinks must be able to identify them. */
    private int inFlight() {
        if (!phase.source().traits().readsAhead()) {
            return 1;
        }
        boolean apart = context.chain().own().stream()
                .allMatch(sink -> sink.traits().keyed().isPresent());
        return context.repeatUntilStable() && !apart ? 1 : context.concurrency().inFlight();
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
        BatchProgress progress = context.chain().write(BatchProgress.of(transformed.items()), order.turn(number));
        WrittenBatch written = new WrittenBatch(batch, transformed, progress, Duration.ZERO);
        if (context.repeatUntilStable()) {
            written = new RepeatUntilStable(phase.steps(), context.chain()).repeat(written);
        }
        return written.within(stint.end(begun));
    }

    @Override
    public void save(WrittenBatch written) {
        long begun = stint.begin();
        if (context.chain().shared().isEmpty()) {
            context.keeper().save(saving(written));
        } else {
            writeAndSave(written, new IdentityHashMap<>());
        }
        finished(written.batch(), written.took().plus(stint.end(begun)));
        context.checkDeadLetters();
        context.run()
                .listener()
                .saved(new Progress(
                        context.keeper().state(),
                        context.index(),
                        written.batch().size(),
                        written.transformed().details()));
    }

    @Override
    public void halt() {
        context.entrance().halt().give();
        order.halt();
    }

    /** The last sinks and the checkpoint commit together. Each round finds more that the commit rejects, or is the last. */
    private void writeAndSave(WrittenBatch written, Map<Row, Rejection> rejected) {
        try {
            context.keeper()
                    .saveWith(
                            context.chain().writing(),
                            transaction -> saving(
                                    written.with(context.chain().writeIn(transaction, written.progress(), rejected))));
        } catch (RejectedFailure atCommit) {
            Map<Row, Rejection> more = context.keeper()
                    .rehearse(trial -> new DeferredConstraintBisector(context.chain(), written.progress(), trial)
                            .beyond(rejected));
            if (more.isEmpty()) {
                throw atCommit;
            }
            rejected.putAll(more);
            writeAndSave(written, rejected);
        }
    }

    private BatchSaving saving(WrittenBatch written) {
        return new BatchSaving(phase, context.index(), split, written, context.now());
    }

    /** A batch may have waited for those before it: then the time since the last one was saved is nearer to its own. */
    private void finished(Batch batch, Duration took) {
        long now = stint.begin();
        Duration since = Duration.ofNanos(now - saved);
        boolean first = saved == 0;
        saved = now;
        context.entrance().took(batch.size(), first || took.compareTo(since) < 0 ? took : since);
        context.entrance().batchEnds();
    }
}
