package dev.backfill.postgres.checkpoint;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Asks the database about one checkpoint, with failures sorted. A refused value is never a record's fault here.
 *
 * @param document the checkpoint's name
 */
record Requests(PostgresDatabase database, String document) {
    <T> T read(String doing, PostgresDatabase.Reading<T> reading) {
        return database.read(told(doing), reading);
    }

    /** In a transaction of its own, committed when this returns. */
    <T> T change(String doing, PostgresDatabase.Reading<T> change) {
        try (PostgresTransaction transaction = database.begin()) {
            T result = within(doing, transaction.connection(), change);
            transaction.commit();
            return result;
        }
    }

    /** In a transaction of someone else's, who commits it. */
    <T> T within(String doing, Connection connection, PostgresDatabase.Reading<T> change) {
        try {
            return change.with(connection);
        } catch (SQLException e) {
            Failure failure = PostgresFailures.of(e, told(doing));
            throw failure instanceof RejectedFailure
                    ? new FatalFailure(String.valueOf(failure.getMessage()), e)
                    : failure;
        }
    }

    /** "saving the checkpoint 'x' in shop on db.example.com:5432". */
    String told(String doing) {
        return doing + " of the checkpoint '" + document + "' in " + database.title();
    }
}
