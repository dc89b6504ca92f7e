package dev.backfill.flow;

import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Row;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Keeps the batches of one split that are in flight together in their order, sink by sink. Thread-safe. */
public final class WriteOrder {
    private final IdentityHashMap<OpenSink, WriteSequencer> sequencers = new IdentityHashMap<>();

    public WriteOrder(List<OpenSink> sinks) {
        sinks.forEach(sink -> sequencers.put(sink, new WriteSequencer()));
    }

    /**
     * The turns of one batch, which goes through all sinks in their order.
     *
     * @param batch counts the batches of the split from 0
     */
    public WriteTurn turn(long batch) {
        return new InOrder(batch);
    }

    /** Lets no batch into any sink any more: a batch that failed must not be overtaken. */
    public void halt() {
        sequencers.values().forEach(WriteSequencer::halt);
    }

    private final class InOrder implements WriteTurn {
        private final long batch;

        InOrder(long batch) {
            this.batch = batch;
        }

        @Override
        public void await(OpenSink sink, List<Row> records) {
            Optional<KeyedSink> keyed = sink.traits().keyed();
            Set<Object> targets = keyed.map(each -> targets(each, records)).orElse(Set.of());
            at(sink).enter(batch, targets, keyed.isEmpty());
        }

        @Override
        public void done(OpenSink sink) {
            at(sink).leave(batch);
        }

        @Override
        public void failed() {
            halt();
        }

        private WriteSequencer at(OpenSink sink) {
            return Objects.requireNonNull(sequencers.get(sink));
        }

        private static Set<Object> targets(KeyedSink sink, List<Row> records) {
            Set<Object> targets = new HashSet<>(records.size() * 2);
            records.forEach(record -> targets.add(sink.lane(record)));
            return targets;
        }
    }
}
