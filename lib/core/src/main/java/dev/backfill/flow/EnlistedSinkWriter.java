package dev.backfill.flow;

import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Writes to a sink inside the checkpoint's transaction, without a commit. What an attempt has changed before it failed is
 * rolled back to where it began, so that the transaction stays of use. Used by one thread.
 */
public final class EnlistedSinkWriter extends SinkWriter {
    private final TransactionalSink target;
    private final Transaction transaction;
    private final Map<Row, Rejection> rejected;

    /**
     * @param rejected records, by identity, that are rejected without being written: the commit would fail because of them
     */
    EnlistedSinkWriter(OpenSink sink, Transaction transaction, Map<Row, Rejection> rejected) {
        super(sink);
        this.target = (TransactionalSink) sink.sink();
        this.transaction = transaction;
        this.rejected = rejected;
    }

    @Override
    WriteResult write(List<Row> records) {
        if (rejected.isEmpty()) {
            return super.write(records);
        }
        List<Integer> left = IntStream.range(0, records.size())
                .filter(place -> !rejected.containsKey(records.get(place)))
                .boxed()
                .toList();
        WriteResult some = super.write(left.stream().map(records::get).toList());
        WriteResult all = WriteResult.of(records, WriteStatus.UNCHANGED);
        for (int i = 0; i < left.size(); i++) {
            all.merge(left.get(i), some, i);
        }
        IntStream.range(0, records.size())
                .filter(place -> rejected.containsKey(records.get(place)))
                .forEach(place -> all.rejected(place, Objects.requireNonNull(rejected.get(records.get(place)))));
        return all;
    }

    @Override
    WriteResult attempt(List<Row> records) {
        try {
            return transaction.attempt(() -> target.write(records, transaction));
        } catch (OversizedFailure tooLarge) {
            throw records.size() > 1 ? tooLarge : new TransientFailure(String.valueOf(tooLarge.getMessage()), tooLarge);
        }
    }
}
