package dev.backfill.connector;

/**
 * What the engine must know of a source beyond what it can do. A source that wraps another one hands on that one's traits.
 *
 * @param readsAhead false if reading costs what is not to be spent twice, such as the calls that a service allows: then the next
 *     batch is read only when the one before is saved
 */
public record SourceTraits(boolean readsAhead) {
    public static SourceTraits none() {
        return new SourceTraits(true);
    }

    public static SourceTraits withoutReadAhead() {
        return new SourceTraits(false);
    }
}
