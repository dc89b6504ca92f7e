package dev.backfill.flow;

import dev.backfill.connector.Database;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.ownership.Fence;
import dev.backfill.retry.Retry;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sinks of a phase in the script's order. The last ones write in the checkpoint's own transaction, if they can; those
 * before commit on their own, each after the acknowledgement of the one before. Thread-safe.
 */
public final class SinkChain {
    private final List<CommittingSinkWriter> own;
    private final List<OpenSink> shared;

    private SinkChain(List<OpenSink> own, List<OpenSink> shared, Fence fence, Retry retry) {
        this.own = own.stream()
                .map(sink -> new CommittingSinkWriter(sink, fence, retry))
                .toList();
        this.shared = shared;
    }

    /**
     * @param shares says whether the checkpoint is saved in that database
     */
    public static SinkChain of(List<OpenSink> sinks, Predicate<Database> shares, Fence fence, Retry retry) {
        int first = sinks.size();
        while (first > 0 && shares(sinks.get(first - 1), shares)) {
            first--;
        }
        return new SinkChain(sinks.subList(0, first), sinks.subList(first, sinks.size()), fence, retry);
    }

    /** Sinks that only look, so that there is no transaction to share, and nothing that must be owned. */
    public static SinkChain looking(List<OpenSink> sinks, Retry retry) {
        return apart(sinks, Fence.none(), retry);
    }

    /** Sinks that commit on their own each, whatever they share with the checkpoint. */
    public static SinkChain apart(List<OpenSink> sinks, Fence fence, Retry retry) {
        return new SinkChain(sinks, List.of(), fence, retry);
    }

    private static boolean shares(OpenSink sink, Predicate<Database> shares) {
        return sink.traits()
                .transactional()
                .map(TransactionalSink::database)
                .filter(shares)
                .isPresent();
    }

    /** The sinks that commit on their own. */
    public List<OpenSink> own() {
        return own.stream().map(SinkWriter::sink).toList();
    }

    /** The sinks that write in the checkpoint's transaction. */
    public List<OpenSink> shared() {
        return shared;
    }

    /** What those sinks do, for messages. */
    public String writing() {
        return "writing to " + shared.stream().map(OpenSink::title).collect(Collectors.joining(", "));
    }

    /** How many records the sinks that share the checkpoint's transaction take at once: more would only make it last longer. */
    public int mostInTransaction() {
        return shared.stream().mapToInt(sink -> sink.size().most()).min().orElse(Integer.MAX_VALUE);
    }

    /** Writes to all sinks that commit on their own. */
    public BatchProgress write(BatchProgress batch, WriteTurn turn) {
        BatchProgress progress = batch;
        for (SinkWriter writer : own) {
            progress = writer.write(progress, turn);
        }
        return progress;
    }

    /**
     * Writes to all others, without a commit.
     *
     * @param rejected records of the batch, by identity, that the first sink that gets them rejects unseen
     */
    public BatchProgress writeIn(Transaction transaction, BatchProgress batch, Map<Row, Rejection> rejected) {
        BatchProgress progress = batch;
        for (OpenSink sink : shared) {
            progress = new EnlistedSinkWriter(sink, transaction, rejected).write(progress, WriteTurn.alone());
        }
        return progress;
    }
}
