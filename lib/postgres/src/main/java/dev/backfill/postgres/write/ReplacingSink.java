package dev.backfill.postgres.write;

import dev.backfill.connector.Appending;
import dev.backfill.connector.Changing;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes rows and upserts others in one transaction, which ends when all are written: whoever reads meanwhile finds the old
 * ones. What was not finished is undone. Used by one thread at a time.
 */
public final class ReplacingSink implements Appending, Previewable, Changing, Identified {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacingSink.class);

    private final UpsertSink sink;
    private final TableName table;
    private final String condition;
    private Optional<PostgresTransaction> open = Optional.empty();

    /**
     * @param condition in SQL, for the rows that are deleted
     */
    public ReplacingSink(UpsertSink sink, TableName table, String condition) {
        this.sink = sink;
        this.table = table;
        this.condition = condition;
    }

    @Override
    public boolean resumable() {
        return false;
    }

    @Override
    public void resume(String position) {
        close();
    }

    /** A refused record, or too many at once, undo their own write only; after any other failure the whole is undone, and has to begin anew. */
    @Override
    public Outcome write(List<Row> records) {
        PostgresTransaction transaction = transaction();
        try {
            Savepoint before = transaction.connection().setSavepoint();
            try {
                return sink.write(records, transaction);
            } catch (RejectedFailure | OversizedFailure refused) {
                transaction.connection().rollback(before);
                throw refused;
            }
        } catch (RejectedFailure | OversizedFailure refused) {
            throw refused;
        } catch (SQLException | Failure e) {
            close();
            throw new FatalFailure(
                    "replacing rows of " + table + ": " + e.getMessage()
                            + "; nothing was changed: start it again, it begins anew",
                    e);
        }
    }

    @Override
    public void finish(Row totals) {
        transaction().commit();
        close();
    }

    private PostgresTransaction transaction() {
        if (open.isEmpty()) {
            open = Optional.of((PostgresTransaction) sink.database().begin());
            LOG.info("{} rows of {} are deleted when the new ones are all there", delete(open.get()), table);
        }
        return open.get();
    }

    private int delete(PostgresTransaction transaction) {
        Connection connection = transaction.connection();
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from " + table.sql() + " where true" + Condition.and(List.of(condition)))) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, "deleting from " + table);
        }
    }

    @Override
    public Outcome preview(List<Row> records) {
        return sink.preview(records);
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        return sink.held(records);
    }

    @Override
    public String identity() {
        return sink.identity();
    }

    @Override
    public String location() {
        return sink.location();
    }

    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public Set<String> changed() {
        return sink.changed();
    }

    @Override
    public void close() {
        open.ifPresent(PostgresTransaction::close);
        open = Optional.empty();
    }
}
