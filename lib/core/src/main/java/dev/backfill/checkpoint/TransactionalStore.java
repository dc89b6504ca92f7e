package dev.backfill.checkpoint;

import dev.backfill.connector.Database;
import dev.backfill.connector.Transaction;
import java.util.List;

/** A store that can save inside the transaction that also holds the data. */
public interface TransactionalStore extends CheckpointStore {
    Database database();

    /** Saves without committing, under the same conditions as {@link CheckpointStore#save}. */
    Lease save(Lease lease, Checkpoint checkpoint, Transaction transaction);

    /** Adds dead letters without committing. */
    void addDeadLetters(Lease lease, List<DeadLetter> letters, Transaction transaction);
}
