package dev.backfill.connector;

/** A source of which a part can be read. */
public interface FilterableSource extends Source {
    /** The same source, of which only that part is seen; closing either closes both. {@link UnfitScopeException} if there is none. */
    Source filter(Scope scope);
}
