package dev.backfill.connector;

/** A source of which a part can be read. */
public interface Narrowable extends Source {
    /** The same source, of which only that part is seen; closing either closes both. {@link FatalFailure} if the scope is no good. */
    Source narrowed(Scope scope);
}
