package dev.backfill.connector;

import java.util.Optional;

/**
 * What a source can do beyond reading in its order. A source's own traits follow from the interfaces that it implements
 * ({@link #of}); a source that wraps another one makes its traits from that one's with the constructor, component by component, so
 * that a new component does not compile before each wrapper has decided on it.
 *
 * @param readsAhead false if reading costs what is not to be spent twice, such as the calls that a service allows: then the next
 *     batch is read only when the one before is saved
 * @param identified names which one it is, so that a run resumes only on the same one
 * @param inspectable reports problems before a run
 * @param located names the home of its records
 * @param conditional sees only records that meet conditions
 * @param splittable plans smaller splits of a split
 * @param filterable reads a range, or what meets a condition
 * @param peekable estimates and samples without a walk
 * @param searchable finds records by their keys, if need be by reading everything
 * @param keyed finds records by their keys about as fast as in its order
 * @param transactional lists open transactions whose records it does not see yet
 * @param sameServer rows that a sink in the same database compares inside the server
 */
public record SourceTraits(
        boolean readsAhead,
        Optional<Identified> identified,
        Optional<Inspectable> inspectable,
        Optional<Located> located,
        Optional<Conditional<Source>> conditional,
        Optional<SplittableSource> splittable,
        Optional<FilterableSource> filterable,
        Optional<PeekableSource> peekable,
        Optional<SearchableSource> searchable,
        Optional<KeyedSource> keyed,
        Optional<WrittenInTransactions> transactional,
        Optional<SameServerRows> sameServer) {
    /** Those of a source that wraps no other. */
    public static SourceTraits of(Source source) {
        return new SourceTraits(
                true,
                Capability.of(source, Identified.class),
                Capability.of(source, Inspectable.class),
                Capability.of(source, Located.class),
                Capability.conditional(source),
                Capability.of(source, SplittableSource.class),
                Capability.of(source, FilterableSource.class),
                Capability.of(source, PeekableSource.class),
                Capability.of(source, SearchableSource.class),
                Capability.of(source, KeyedSource.class),
                Capability.of(source, WrittenInTransactions.class),
                Capability.of(source, SameServerRows.class));
    }

    public SourceTraits withoutReadAhead() {
        return new SourceTraits(
                false,
                identified,
                inspectable,
                located,
                conditional,
                splittable,
                filterable,
                peekable,
                searchable,
                keyed,
                transactional,
                sameServer);
    }
}
