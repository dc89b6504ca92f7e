package dev.backfill.position;

import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.RunState;
import dev.backfill.connector.Transaction;
import java.util.List;

/** Writes rows into a transaction that also takes the checkpoint. May be asked again after a failure. */
@FunctionalInterface
public interface TransactionalWork {
    Done write(Transaction transaction, RunState before);

    /**
     * What is to be committed beside the rows.
     *
     * @param next the state that says so
     */
    record Done(RunState next, List<DeadLetter> letters) {}
}
