package dev.backfill.flow;

import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The ways into the sinks of a phase for the batches of one split that are under way together. Thread-safe. */
public final class SinkGates {
    private final List<SinkGate> gates;

    public SinkGates(int sinks) {
        this.gates = Stream.generate(SinkGate::new).limit(sinks).toList();
    }

    /** The way of one batch, which goes through all sinks, in their order. */
    public Way way(long batch) {
        return (place, sink, records, write) -> pass(gates.get(place), batch, sink, records, write);
    }

    /** Lets nobody into any sink any more: a batch that failed must not be overtaken. */
    public void halt() {
        gates.forEach(SinkGate::halt);
    }

    private Outcome pass(SinkGate gate, long batch, OpenSink sink, List<Row> records, Supplier<Outcome> write) {
        boolean keyed = sink.sink() instanceof KeyedSink;
        gate.enter(batch, keyed ? targets((KeyedSink) sink.sink(), records) : Set.of(), !keyed);
        boolean done = false;
        try {
            Outcome result = write.get();
            done = true;
            return result;
        } finally {
            if (done) {
                gate.leave(batch);
            } else {
                halt();
            }
        }
    }

    private static Set<Object> targets(KeyedSink sink, List<Row> records) {
        Set<Object> targets = new HashSet<>(records.size() * 2);
        records.forEach(record -> targets.add(sink.target(record)));
        return targets;
    }

    /** How a batch gets into a sink. */
    @FunctionalInterface
    public interface Way {
        /** Writes when it is the batch's turn at the sink of this place. */
        Outcome into(int place, OpenSink sink, List<Row> records, Supplier<Outcome> write);

        /** For a batch that has no others beside it. */
        static Way free() {
            return (place, sink, records, write) -> write.get();
        }
    }
}
