package dev.backfill.flow;

import dev.backfill.connector.Appending;
import dev.backfill.connector.Database;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.ownership.Heart;
import dev.backfill.retry.Retry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The sinks of a phase in the script's order. The last ones write in the checkpoint's own transaction, if they can; those
 * before commit on their own, each after the acknowledgement of the one before.
 */
public final class SinkChain {
    private final List<OpenSink> own;
    private final List<OpenSink> shared;
    private final Runnable mayWrite;
    private final Retry retry;

    public SinkChain(List<OpenSink> sinks, Predicate<Database> shares, Heart heart, Retry retry) {
        int first = sinks.size();
        while (first > 0 && shares(sinks.get(first - 1), shares)) {
            first--;
        }
        this.own = sinks.subList(0, first);
        this.shared = sinks.subList(first, sinks.size());
        this.mayWrite = heart::check;
        this.retry = retry;
    }

    private SinkChain(List<OpenSink> own, Runnable mayWrite, Retry retry) {
        this.own = own;
        this.shared = List.of();
        this.mayWrite = mayWrite;
        this.retry = retry;
    }

    /** Sinks that only look, so that there is no transaction to share, and nothing that must be owned. */
    public static SinkChain looking(List<OpenSink> sinks, Retry retry) {
        return new SinkChain(sinks, () -> {}, retry);
    }

    /** Sinks that commit on their own each, whatever they share with the checkpoint. */
    public static SinkChain apart(List<OpenSink> sinks, Heart heart, Retry retry) {
        return new SinkChain(sinks, heart::check, retry);
    }

    private static boolean shares(OpenSink sink, Predicate<Database> shares) {
        return sink.sink() instanceof TransactionalSink transactional && shares.test(transactional.database());
    }

    /** The sinks that write in the checkpoint's transaction. */
    public List<OpenSink> shared() {
        return shared;
    }

    /** Through all sinks that commit on their own. May be called by several threads. */
    public BatchProgress own(BatchProgress flow, SinkGates.Way way) {
        BatchProgress next = flow;
        for (int i = 0; i < own.size(); i++) {
            int place = i;
            OpenSink sink = own.get(i);
            next = next.through(sink, records -> way.into(place, sink, records, () -> write(sink, records)));
        }
        return next;
    }

    private Outcome write(OpenSink sink, List<Row> records) {
        return records.isEmpty()
                ? nothing()
                : sink.portions()
                        .write(
                                records,
                                portion -> RejectedRecordBisector.write(
                                        portion,
                                        part -> retry.run("writing to " + sink.title(), () -> attempt(sink, part))));
    }

    private Outcome attempt(OpenSink sink, List<Row> records) {
        mayWrite.run();
        return AdaptiveWriteSize.undivided(records, () -> acknowledged(sink.sink(), records));
    }

    /**
     * An answer that was lost leaves the checkpoint where it is, and it is ours alone: so the records are written again, which
     * finds unchanged what had taken effect. What only grows must be cut back first, by the next start.
     */
    private static Outcome acknowledged(Sink sink, List<Row> records) {
        try {
            return sink.write(records);
        } catch (UnknownOutcome lost) {
            throw sink instanceof Appending ? lost : new TransientFailure(String.valueOf(lost.getMessage()), lost);
        }
    }

    /**
     * Through all the others, without a commit.
     *
     * @param refused records of the flow, by identity, that the first sink that gets them refuses unseen
     */
    public BatchProgress shared(BatchProgress flow, Transaction transaction, Map<Row, Rejection> refused) {
        BatchProgress next = flow;
        for (OpenSink sink : shared) {
            TransactionalSink target = (TransactionalSink) sink.sink();
            next = next.through(
                    sink,
                    records -> without(
                            refused,
                            records,
                            left -> sink.portions().write(left, portion -> write(target, portion, transaction))));
        }
        return next;
    }

    private static Outcome write(TransactionalSink target, List<Row> records, Transaction transaction) {
        return records.isEmpty()
                ? nothing()
                : RejectedRecordBisector.write(
                        records,
                        part -> AdaptiveWriteSize.undivided(
                                part, () -> transaction.attempt(() -> target.write(part, transaction))));
    }

    private static Outcome without(Map<Row, Rejection> refused, List<Row> records, Function<List<Row>, Outcome> write) {
        if (refused.isEmpty()) {
            return write.apply(records);
        }
        List<Integer> places = IntStream.range(0, records.size())
                .filter(place -> !refused.containsKey(records.get(place)))
                .boxed()
                .toList();
        Outcome some = write.apply(places.stream().map(records::get).toList());
        Outcome all = Outcome.of(records, Fate.UNCHANGED);
        for (int i = 0; i < places.size(); i++) {
            all.again(places.get(i), some, i);
        }
        IntStream.range(0, records.size())
                .filter(place -> refused.containsKey(records.get(place)))
                .forEach(place -> all.rejected(place, Objects.requireNonNull(refused.get(records.get(place)))));
        return all;
    }

    private static Outcome nothing() {
        return Outcome.of(List.of(), Fate.UNCHANGED);
    }

    /** The sinks that commit on their own. */
    public List<OpenSink> own() {
        return own;
    }
}
