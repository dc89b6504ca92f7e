package dev.backfill.postgres.read;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.Split;
import dev.backfill.connector.TransientFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.value.ColumnReader;
import dev.backfill.postgres.value.PayloadValue;
import dev.backfill.words.Quantity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes along a key, a page at a time. Where few rows fulfil a condition, the way to the end of a page is longer than a
 * statement may take: from then on it goes by strides of so many rows, wanted or not, that each ends in time. Thread-safe.
 */
final class Walk {
    private static final Logger LOG = LoggerFactory.getLogger(Walk.class);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration QUICK = Duration.ofMillis(500);
    private static final int FIRST = 100_000;
    private static final int LEAST = 1_000;
    private static final int MOST = 1_000_000;
    /** The planner must not sort the table for a stride: rows come in the order of the key, and the first ones are enough. */
    private static final String ALONG_THE_INDEX = "select set_config('enable_sort', 'off', true)";

    private static final String A_MOMENT = "select set_config('statement_timeout', '5s', true)";

    private final PostgresDatabase database;
    private final KeysetQuery query;
    private final Columns columns;
    private final String reading;
    private final boolean bounded;
    private volatile boolean toldLarge;
    /** How many rows of the table a stride passes; 0 as long as pages come in time. */
    private volatile int stride;

    Walk(PostgresDatabase database, KeysetQuery query, String reading) {
        this(database, query, reading, 0);
    }

    /**
     * @param stride how long the first ones are; 0 to try it by pages
     */
    Walk(PostgresDatabase database, KeysetQuery query, String reading, int stride) {
        this.database = database;
        this.query = query;
        this.columns = ColumnReader.columns(query.selected());
        this.reading = reading;
        this.bounded = query.size().bounded();
        this.stride = stride;
    }

    Batch read(Split split, Cursor after, int limit) {
        if (query.conditions().isEmpty()) {
            return page(split, after, limit);
        }
        return (stride == 0 ? wanted(split, after, limit) : Optional.<Batch>empty())
                .orElseGet(() -> strides(split, after, limit));
    }

    private Batch page(Split split, Cursor after, int limit) {
        return database.read(reading, connection -> {
            try (PreparedStatement statement = query.prepare(connection, after, split.upTo(), limit)) {
                return batch(statement.executeQuery(), split, after, limit);
            }
        });
    }

    private Batch batch(ResultSet found, Split split, Cursor after, int limit) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Cursor next = after;
        boolean full = false;
        while (found.next()) {
            if (rows.isEmpty()) {
                mustFollow(found, after);
            }
            rows.add(row(found));
            if (found.isLast()) {
                next = query.cursor(found, query.selected());
                full = bounded && found.getLong(query.selected().size() + 2) >= PageSize.MOST;
            }
        }
        Batch batch = new Batch(
                rows, next, (rows.size() < limit && !full) || split.upTo().equals(Optional.of(next)));
        if (full) {
            tellLarge(rows.size(), limit);
        }
        return full ? batch.ofLarge() : batch;
    }

    private void tellLarge(int rows, int limit) {
        if (!toldLarge) {
            toldLarge = true;
            LOG.info(
                    "{}: its rows are large, so pages are smaller where they are: {} instead of {}",
                    reading,
                    Quantity.of(rows, "row"),
                    Quantity.number(limit));
        }
    }

    /** A page that begins before its key would be walked for ever. */
    private void mustFollow(ResultSet found, Cursor after) throws SQLException {
        if (!found.getBoolean(query.selected().size() + 1)) {
            throw new FatalFailure(reading + ": after the key '" + after.text() + "' came '"
                    + query.cursor(found, query.selected()).text()
                    + "', which is not behind it, so that the same rows would be read again and again; check that each"
                    + " condition is one of its own, and reindex the key");
        }
    }

    /** The row at which the answer stands, its columns in the order of the query. */
    Row row(ResultSet found) throws SQLException {
        return Row.of(columns, ColumnReader.row(found, query.selected(), 1));
    }

    /** The row of which a dead letter contains all columns. */
    Row row(Map<String, @Nullable Object> fields) {
        return Row.of(
                columns,
                query.selected().stream()
                        .map(column -> PayloadValue.of(column.type(), fields.get(column.name())))
                        .toArray());
    }

    /** A page, which shows whether the next one is better looked for by strides; nothing if it did not come in time. */
    private Optional<Batch> wanted(Split split, Cursor after, int limit) {
        long begun = System.nanoTime();
        try {
            Batch batch = page(split, after, limit);
            stride = since(begun).compareTo(SLOW) > 0 ? FIRST : 0;
            return Optional.of(batch);
        } catch (TransientFailure e) {
            if (!PostgresFailures.outOfTime(e)) {
                throw e;
            }
            stride = FIRST;
            return Optional.empty();
        }
    }

    /** As many as fill a page, or as many as there are after a while. */
    private Batch strides(Split split, Cursor after, int limit) {
        long begun = System.nanoTime();
        List<Row> rows = new ArrayList<>();
        Batch found = new Batch(rows, after, false);
        do {
            found = adapting(split, found.next(), limit - rows.size());
            rows.addAll(found.rows());
        } while (!found.last() && rows.size() < limit && since(begun).compareTo(SLOW) < 0);
        return new Batch(rows, found.next(), found.last());
    }

    private Batch adapting(Split split, Cursor after, int limit) {
        long begun = System.nanoTime();
        int length = stride;
        try {
            Batch found = stride(split, after, limit, length);
            Duration took = since(begun);
            boolean slower = took.compareTo(SLOW) > 0;
            boolean longer = found.rows().size() < limit && took.compareTo(QUICK) < 0;
            stride = slower ? Math.max(LEAST, length / 4) : longer ? Math.min(MOST, length * 2) : length;
            return found;
        } catch (TransientFailure e) {
            if (PostgresFailures.outOfTime(e)) {
                stride = Math.max(LEAST, length / 10);
            }
            throw e;
        }
    }

    private Batch stride(Split split, Cursor after, int limit, int length) {
        return database.read(reading, connection -> {
            alongTheIndex(connection);
            try (PreparedStatement statement = query.stride(connection, after, split.upTo(), limit, length)) {
                return found(statement.executeQuery(), split, after, limit, length);
            }
        });
    }

    private static void alongTheIndex(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ALONG_THE_INDEX);
        }
    }

    /** The last row of a whole stride comes in any case: reading continues after it. */
    private Batch found(ResultSet found, Split split, Cursor after, int limit, int length) throws SQLException {
        int wanted = query.selected().size() + 2;
        List<Row> rows = new ArrayList<>();
        Cursor next = after;
        long number = 0;
        while (found.next()) {
            if (number == 0) {
                mustFollow(found, after);
            }
            if (found.getBoolean(wanted)) {
                rows.add(row(found));
            }
            next = query.cursor(found, query.selected());
            number = inOrder(number, found.getLong(wanted + 1));
        }
        boolean more = rows.size() == limit || number == length;
        return new Batch(rows, next, !more || split.upTo().equals(Optional.of(next)));
    }

    /** No server is known that turns them round, but the position would be wrong. */
    private static long inOrder(long before, long number) {
        if (number <= before) {
            throw new IllegalStateException("the server gave row " + number + " of a stride after row " + before);
        }
        return number;
    }

    /** True if no row fulfils the conditions; false as well if finding out takes longer than a moment. */
    boolean empty() {
        return !query.conditions().isEmpty() && !any();
    }

    private boolean any() {
        try {
            return database.read(reading, connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(A_MOMENT);
                    ResultSet answer = statement.executeQuery(query.any());
                    return !answer.next() || answer.getBoolean(1);
                }
            });
        } catch (TransientFailure e) {
            if (PostgresFailures.outOfTime(e)) {
                return true;
            }
            throw e;
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
