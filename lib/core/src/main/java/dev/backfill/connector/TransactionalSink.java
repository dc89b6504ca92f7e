package dev.backfill.connector;

import dev.backfill.time.Deadline;
import java.util.List;

/** A sink that can write inside a transaction that is committed by somebody else, together with the checkpoint. */
public interface TransactionalSink extends Sink {
    Database database();

    /** Writes without committing. */
    Outcome write(List<Row> records, Transaction transaction);

    @Override
    default Outcome write(List<Row> records) {
        return writeBefore(Deadline.none(), records);
    }

    @Override
    default Outcome writeBefore(Deadline deadline, List<Row> records) {
        try (Transaction transaction = database().begin(deadline)) {
            Outcome outcome = write(records, transaction);
            transaction.commit();
            return outcome;
        }
    }
}
