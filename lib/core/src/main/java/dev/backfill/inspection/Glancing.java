package dev.backfill.inspection;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.Selection;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Takes a few records through a phase that was opened for looking only. */
record Glancing(OpenPhase phase, FirstChanges changes, Time time) {
    private static final int MOST = 1_000;
    private static final int REFUSALS = 3;

    Glance at(Split split, Cursor after, int size) {
        long begun = time.nanos();
        List<Row> rows = rows(split, after, Math.min(size, MOST));
        TransformedBatch prepared = phase.steps().apply(rows);
        BatchProgress flow = BatchProgress.of(prepared.items());
        for (OpenSink sink : phase.sinks()) {
            Selection selected = flow.selectedFor(sink);
            flow = flow.after(sink, selected, sink.sink().write(selected.records()));
        }
        Duration took = Duration.ofNanos(time.nanos() - begun);
        return new Glance(
                rows.size(),
                prepared.excluded(),
                refused(prepared, flow),
                sinks(flow),
                refusals(prepared, flow),
                changes.kept(),
                took);
    }

    private List<Row> rows(Split split, Cursor after, int most) {
        Source source = phase.source();
        return source.traits()
                .peekable()
                .map(peekable -> peekable.some(most))
                .orElseGet(() -> source.read(split, after, most).rows());
    }

    private List<Glance.SinkGlance> sinks(BatchProgress flow) {
        List<Glance.SinkGlance> sinks = new ArrayList<>();
        for (int i = 0; i < phase.sinks().size(); i++) {
            WriteResult outcome = flow.outcomes().get(i);
            sinks.add(new Glance.SinkGlance(
                    phase.sinks().get(i).title(),
                    outcome.count(WriteStatus.WRITTEN),
                    outcome.count(WriteStatus.UNCHANGED),
                    outcome.count(WriteStatus.MISSING),
                    outcome.count(WriteStatus.REJECTED)));
        }
        return sinks;
    }

    private static long refused(TransformedBatch prepared, BatchProgress flow) {
        Set<Row> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        Stream.concat(prepared.refusals().stream(), flow.refusals().stream())
                .forEach(refusal -> refused.add(refusal.item().origin()));
        return refused.size();
    }

    private List<String> refusals(TransformedBatch prepared, BatchProgress flow) {
        return Stream.concat(prepared.refusals().stream(), flow.refusals().stream())
                .limit(REFUSALS)
                .map(this::refusal)
                .toList();
    }

    private String refusal(Refusal refusal) {
        return phase.source().key(refusal.item().origin()) + ": " + refusal.where() + ": " + refusal.reason();
    }
}
