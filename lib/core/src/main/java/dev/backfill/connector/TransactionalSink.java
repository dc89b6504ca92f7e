package dev.backfill.connector;

import dev.backfill.time.Deadline;
import java.util.List;

/** A sink that can write inside a transaction that is committed by someone else, together with the checkpoint. */
public interface TransactionalSink extends Sink {
    Database database();

    /** Writes without committing. */
    WriteResult write(List<Row> records, Transaction transaction);

    @Override
    default WriteResult write(List<Row> records) {
        return writeBefore(Deadline.none(), records);
    }

    @Override
    default WriteResult writeBefore(Deadline deadline, List<Row> records) {
        try (Transaction transaction = database().begin(deadline)) {
            WriteResult outcome = write(records, transaction);
            transaction.commit();
            return outcome;
        }
    }
}
