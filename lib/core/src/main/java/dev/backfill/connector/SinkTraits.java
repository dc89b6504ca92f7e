package dev.backfill.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a sink can do beyond writing. A sink's own traits follow from the interfaces that it implements ({@link #of}); a sink that
 * wraps another one makes its traits from that one's with the constructor, component by component, so that a new component does
 * not compile before each wrapper has decided on it.
 *
 * @param serial it gets its batches one at a time, in the order of the source, each after the one before was acknowledged: so
 *     its phase is read in one split
 * @param showsPayload a dry run shows its records whole, as it cannot look at what its target holds
 * @param identified names which one it is, so that a run resumes only on the same one
 * @param inspectable reports problems before a run
 * @param changing names what it changes
 * @param conditional changes only what meets conditions
 * @param previewable computes what a write would change
 * @param targets gives what each record of a batch is for: equal for two records that change the same thing
 * @param keyed takes several batches concurrently, because it can order them by what they are for
 * @param appendOnly its target only grows
 * @param transactional writes in the checkpoint's transaction
 * @param sameServer compares its target with rows of the same database inside the server
 */
public record SinkTraits(
        boolean serial,
        boolean showsPayload,
        Optional<Identified> identified,
        Optional<Inspectable> inspectable,
        Optional<Changing> changing,
        Optional<Conditional<Sink>> conditional,
        Optional<Previewable> previewable,
        Optional<Function<List<Row>, List<Object>>> targets,
        Optional<KeyedSink> keyed,
        Optional<AppendOnlySink> appendOnly,
        Optional<TransactionalSink> transactional,
        Optional<SameServerComparison> sameServer) {
    /** Those of a sink that wraps no other. */
    public static SinkTraits of(Sink sink) {
        return new SinkTraits(
                false,
                false,
                Capability.of(sink, Identified.class),
                Capability.of(sink, Inspectable.class),
                Capability.of(sink, Changing.class),
                Capability.conditional(sink),
                Capability.of(sink, Previewable.class),
                Capability.of(sink, KeyedSink.class).map(keyed -> keyed::targets),
                Capability.of(sink, KeyedSink.class),
                Capability.of(sink, AppendOnlySink.class),
                Capability.of(sink, TransactionalSink.class),
                Capability.of(sink, SameServerComparison.class));
    }

    public SinkTraits inSeries() {
        return with(true, showsPayload);
    }

    public SinkTraits showingPayload() {
        return with(serial, true);
    }

    private SinkTraits with(boolean inSeries, boolean payload) {
        return new SinkTraits(
                inSeries,
                payload,
                identified,
                inspectable,
                changing,
                conditional,
                previewable,
                targets,
                keyed,
                appendOnly,
                transactional,
                sameServer);
    }
}
