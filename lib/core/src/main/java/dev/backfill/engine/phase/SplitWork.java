package dev.backfill.engine.phase;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Costly;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.DeferredConstraintBisector;
import dev.backfill.flow.Recheck;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.SinkGates;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.Written;
import dev.backfill.letter.DeadLetters;
import dev.backfill.position.BatchResult;
import dev.backfill.position.Saving;
import dev.backfill.run.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Works through one split: read, wait, transform, write, save; several batches at once, saved in their order. */
final class SplitWork {
    private final int index;
    private final int split;
    private final OpenPhase phase;
    private final Means means;
    private final Stint stint;
    private long saved;

    SplitWork(int index, int split, OpenPhase phase, Means means) {
        this.index = index;
        this.split = split;
        this.phase = phase;
        this.means = means;
        this.stint = new Stint(means.conditions().time());
    }

    void run() {
        SplitState from = means.keeper().state().phases().get(index).splits().get(split);
        BatchReader reader = new BatchReader(phase, means, from, stint);
        int window = window();
        if (window == 1) {
            oneByOne(reader);
            return;
        }
        SinkGates gates = new SinkGates(means.chain().own().size());
        Pipeline.Work work = (batch, number) -> ready(batch, gates.way(number));
        new Pipeline(window, reader::next, work, this::save).run(phase.plan().name() + " " + (split + 1), () -> {
            means.halt().give();
            gates.halt();
        });
    }

    /** A look after the write finds what another batch has written, so that all sinks must be able to tell them apart. */
    private int window() {
        if (phase.source() instanceof Costly) {
            return 1;
        }
        boolean apart = means.chain().own().stream().allMatch(sink -> sink.sink() instanceof KeyedSink);
        return means.recheck() && !apart ? 1 : means.concurrency().window();
    }

    private void oneByOne(BatchReader reader) {
        Batch batch;
        do {
            batch = reader.next(() -> {});
            save(ready(batch, SinkGates.Way.free()));
        } while (!batch.last());
    }

    private Ready ready(Batch batch, SinkGates.Way way) {
        long begun = stint.begin();
        TransformedBatch prepared = phase.steps().apply(batch.rows());
        BatchProgress flow = means.chain().own(BatchProgress.of(prepared.items()), way);
        Written written = means.recheck()
                ? new Recheck(phase.steps(), means.chain()).settle(prepared, flow)
                : new Written(prepared, flow);
        return new Ready(batch, written, stint.end(begun));
    }

    private void save(Ready ready) {
        long begun = stint.begin();
        keep(ready);
        Duration took = ready.took().plus(stint.end(begun));
        learn(ready.batch(), took);
        means.sheet().batchEnds();
        means.ceiling().check(means.keeper().state().phases().get(index));
        Progress progress = new Progress(
                means.keeper().state(),
                index,
                ready.batch().size(),
                ready.written().prepared().details());
        means.conditions().listener().saved(progress);
    }

    /** A batch may have waited for those before it: then the time since the last one was saved is nearer to its own. */
    private void learn(Batch batch, Duration took) {
        long now = stint.begin();
        Duration since = Duration.ofNanos(now - saved);
        boolean first = saved == 0;
        saved = now;
        means.pace().took(batch.size(), first || took.compareTo(since) < 0 ? took : since);
    }

    private void keep(Ready ready) {
        if (means.chain().shared().isEmpty()) {
            means.keeper().save(saving(ready.batch(), ready.written()));
        } else {
            keepTogether(ready, new IdentityHashMap<>());
        }
    }

    /** Each round finds more that the commit refuses, or is the last. */
    private void keepTogether(Ready ready, Map<Row, Rejection> refused) {
        Written own = ready.written();
        try {
            means.keeper().saveWith(transaction -> {
                BatchProgress all = means.chain().shared(own.flow(), transaction, refused);
                return saving(ready.batch(), new Written(own.prepared(), all));
            });
        } catch (RejectedFailure atCommit) {
            Map<Row, Rejection> more = means.keeper()
                    .rehearse(
                            trial -> new DeferredConstraintBisector(means.chain(), own.flow(), trial).beyond(refused));
            if (more.isEmpty()) {
                throw atCommit;
            }
            refused.putAll(more);
            keepTogether(ready, refused);
        }
    }

    private Saving saving(Batch batch, Written all) {
        BatchResult result = new BatchResult(phase.plan(), batch, all.prepared(), all.flow());
        return (before, epoch) -> new Saving.Done(
                before.with(index, result.added(before.phases().get(index), split, epoch)),
                letters(batch, all, before));
    }

    private List<DeadLetter> letters(Batch batch, Written all, RunState before) {
        List<Refusal> refusals = Stream.concat(all.prepared().refusals().stream(), all.flow().refusals().stream())
                .toList();
        DeadLetters letters = new DeadLetters(before.id(), phase.plan().name(), phase.source()::key);
        Instant now = means.conditions().time().now();
        return Recheck.join(letters.ofUnreadable(batch.unreadable(), now), letters.of(refusals, now));
    }
}
