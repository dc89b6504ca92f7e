package dev.backfill.flow;

import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the records because of which a commit was refused though every write was taken: what the target checks only then.
 * Tries in a transaction that is thrown away, so that the batch is written afterwards as a whole and in its order.
 */
public final class DeferredConstraintBisector {
    private final SinkChain chain;
    private final BatchProgress flow;
    private final Transaction trial;

    /**
     * @param flow the records as they come to the sinks that share the transaction
     * @param trial is never committed
     */
    public DeferredConstraintBisector(SinkChain chain, BatchProgress flow, Transaction trial) {
        this.chain = chain;
        this.flow = flow;
        this.trial = trial;
    }

    /**
     * Those besides the known ones. Who was refused only because one that it needs came later in the batch is tried once more
     * on top of that, for as long as it helps.
     */
    public Map<Row, Rejection> beyond(Map<Row, Rejection> known) {
        List<Row> left = flow.items().stream()
                .map(RecordPair::value)
                .filter(record -> !known.containsKey(record))
                .toList();
        IdentityHashMap<Row, Rejection> refused = new IdentityHashMap<>();
        int before;
        do {
            before = left.size();
            refused = refused(left);
            left = left.stream().filter(refused::containsKey).toList();
        } while (!left.isEmpty() && left.size() < before);
        return refused;
    }

    private IdentityHashMap<Row, Rejection> refused(List<Row> records) {
        WriteResult outcome = RejectedRecordBisector.write(records, part -> trial.attempt(() -> tried(part)));
        IdentityHashMap<Row, Rejection> refused = new IdentityHashMap<>();
        IntStream.range(0, records.size())
                .filter(i -> outcome.status(i) == WriteStatus.REJECTED)
                .forEach(i -> refused.put(records.get(i), outcome.rejection(i)));
        return refused;
    }

    /** What the sinks refuse themselves does not count here; else a {@link RejectedFailure}. */
    private WriteResult tried(List<Row> part) {
        Set<Row> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(part);
        BatchProgress some = BatchProgress.of(flow.items().stream()
                .filter(item -> chosen.contains(item.value()))
                .toList());
        chain.writeIn(trial, some, Map.of());
        trial.rehearseCommit();
        return WriteResult.of(part, WriteStatus.UNCHANGED);
    }
}
