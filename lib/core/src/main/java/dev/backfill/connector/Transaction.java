package dev.backfill.connector;

import java.util.function.Supplier;

/** Changes that take effect together at the commit; closing it before that undoes them. */
public interface Transaction extends AutoCloseable {
    /**
     * Does a part of the work. If a record is rejected in it, or it is too large, the part alone is undone, so that the rest
     * can continue; after any other failure the transaction is of no more use.
     */
    <T> T attempt(Supplier<T> part);

    /**
     * Checks now what is else checked at the commit; {@link RejectedFailure} if that would be refused. For a transaction that is
     * going to be thrown away; nothing to do where all is checked at once.
     */
    default void rehearseCommit() {}

    /**
     * Commits; {@link RejectedFailure} if a record breaks what is checked only now, {@link UnknownOutcome} if the answer got
     * lost and either may be true.
     */
    void commit();

    @Override
    void close();
}
