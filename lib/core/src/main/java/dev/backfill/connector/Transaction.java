package dev.backfill.connector;

/** Changes that take effect together at the commit; closing it before that undoes them. */
public interface Transaction extends AutoCloseable {
    /** Commits; {@link UnknownOutcome} if the answer got lost and either may be true. */
    void commit();

    @Override
    void close();
}
