package dev.backfill.position;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Batch;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.plan.Phase;
import dev.backfill.plan.SinkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds what became of a batch to the state of its phase. */
public record BatchResult(Phase phase, Batch batch, TransformedBatch prepared, BatchProgress flow) {
    public PhaseState added(PhaseState before, int split, long epoch) {
        return new PhaseState(
                before.name(),
                before.status(),
                before.batches() + (batch.size() == 0 ? 0 : 1),
                before.read() + prepared.read() + batch.unreadable().size(),
                before.excluded() + prepared.excluded(),
                before.extra() + prepared.extra(),
                before.rejected()
                        + prepared.refusals().size()
                        + batch.unreadable().size(),
                splits(before.splits(), split, epoch),
                sinks(before.sinks()),
                counts(before.counts()));
    }

    private List<SplitState> splits(List<SplitState> before, int index, long epoch) {
        SplitState was = before.get(index);
        List<SplitState> after = new ArrayList<>(before);
        after.set(
                index,
                new SplitState(
                        was.split(),
                        batch.next(),
                        was.rows() + batch.size(),
                        was.status().to(batch.last() ? WorkStatus.DONE : WorkStatus.RUNNING),
                        epoch));
        return after;
    }

    private List<SinkCounts> sinks(List<SinkCounts> before) {
        List<SinkCounts> after = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            after.add(
                    before.get(i).plus(flow.outcomes().get(i), prepared.items().size()));
        }
        return after;
    }

    private Map<String, Long> counts(Map<String, Long> before) {
        Map<String, Long> after = new TreeMap<>(before);
        prepared.counts().forEach((name, number) -> after.merge(name, number, Long::sum));
        for (int i = 0; i < phase.sinks().size(); i++) {
            SinkStep sink = phase.sinks().get(i);
            WriteResult outcome = flow.outcomes().get(i);
            sink.countAs().ifPresent(name -> after.merge(name, outcome.count(WriteStatus.WRITTEN), Long::sum));
            sink.countMissingAs().ifPresent(name -> after.merge(name, outcome.count(WriteStatus.MISSING), Long::sum));
        }
        return after;
    }
}
