package dev.backfill.flow;

import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.util.List;

/**
 * Writes batches to one sink: waits for a batch's turn, writes it, halves what is too large for the target, and finds the
 * records that it rejects. Each kind says how one write is attempted, and what undoes an attempt that failed.
 */
public abstract sealed class SinkWriter permits CommittingSinkWriter, EnlistedSinkWriter {
    private final OpenSink sink;

    SinkWriter(OpenSink sink) {
        this.sink = sink;
    }

    final OpenSink sink() {
        return sink;
    }

    /** Takes the batch through the sink. */
    public final BatchProgress write(BatchProgress batch, WriteTurn turn) {
        Selection selected = sink.complete(batch.selectedFor(sink));
        turn.await(sink, selected.records());
        boolean done = false;
        try {
            BatchProgress next = batch.after(sink, selected, write(selected.records()));
            turn.done(sink);
            done = true;
            return next;
        } finally {
            if (!done) {
                turn.failed();
            }
        }
    }

    /** All of them, in parts for which the target has time. */
    WriteResult write(List<Row> records) {
        AdaptiveWriteSize size = sink.size();
        if (!records.isEmpty() && records.size() <= size.most()) {
            return whole(records);
        }
        WriteResult all = WriteResult.of(List.of(), WriteStatus.UNCHANGED);
        for (int from = 0; from < records.size(); from = all.size()) {
            int to = (int) Math.min(records.size(), (long) from + size.most());
            all = all.plus(whole(records.subList(from, to)));
        }
        return all;
    }

    private WriteResult whole(List<Row> records) {
        try {
            return sized(records);
        } catch (OversizedFailure tooLarge) {
            return write(records); // in smaller parts from now on
        } catch (RejectedFailure rejected) {
            return RejectedRecordBisector.after(rejected, records, this::sized);
        }
    }

    /** What the target has or has no time for is remembered. */
    private WriteResult sized(List<Row> records) {
        try {
            WriteResult outcome = attempt(records);
            sink.size().worked(records.size());
            return outcome;
        } catch (OversizedFailure tooLarge) {
            sink.size().tooLarge(records.size(), tooLarge);
            throw tooLarge;
        }
    }

    /**
     * Writes all of the records, or with a {@link dev.backfill.connector.Failure} none of them.
     *
     * @throws OversizedFailure if the target has no time for so many, never for one alone
     */
    abstract WriteResult attempt(List<Row> records);
}
