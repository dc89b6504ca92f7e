package dev.backfill.connector;

import dev.backfill.time.Deadline;

/** Somewhere that has transactions. Two are the same if they are equal. Thread-safe. */
public interface Database {
    Transaction begin();

    /** Begins a transaction that cannot commit after the deadline: then an {@link OversizedFailure}. */
    Transaction begin(Deadline deadline);
}
