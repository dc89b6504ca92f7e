package dev.backfill.postgres.write;

import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.OversizedFailure;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.words.Quantity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the rows that are replaced and writes the kept records, in one transaction of statements that are short each. */
record Swap(UpsertSink sink, ReplacedRows replaced) {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
    private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");
    /** Rows at once: a statement stays far below its limit of time. */
    private static final int PORTION = 5_000;
    /** Rows in a second that such a transaction deletes or writes, on a small server. */
    private static final long PACE = 10_000;
    /** More refused records than this are counted only. */
    private static final int NAMED = 10;

    /** Done at once if it was done before. What the server refuses undoes the whole, and can be tried again. */
    void run(Optional<Stage> stage, long kept) {
        TableName table = sink.rows().table().name();
        try (PostgresTransaction transaction = sink.database().begin()) {
            Connection connection = transaction.connection();
            if (stage.isPresent() && stage.get().isUsed(connection)) {
                return;
            }
            execute(connection, "set local lock_timeout = '10s'");
            long there = stage.isPresent() ? stage.get().cutAndCount(connection, kept) : 0;
            if (there != kept) {
                throw new FatalFailure("replacing rows of " + table + ": " + Quantity.of(kept, "record")
                        + (kept == 1 ? " was" : " were") + " kept, but there are " + there
                        + "; nothing was changed, begin again with --restart");
            }
            long deleted = delete(connection);
            if (stage.isPresent()) {
                write(stage.get(), transaction);
                stage.get().use(connection);
            }
            transaction.commit();
            LOG.info("{} rows of {} were replaced by {} records", deleted, table, kept);
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, "replacing rows of " + table);
        }
    }

    private long delete(Connection connection) throws SQLException {
        String table = sink.rows().table().name().sql();
        String some = "delete from " + table + " where (tableoid, ctid) in (select tableoid, ctid from " + table
                + " where true" + Condition.and(List.of(replaced.condition())) + " limit " + PORTION + ")";
        long all = 0;
        try (PreparedStatement statement = connection.prepareStatement(some)) {
            for (int deleted = statement.executeUpdate(); deleted > 0; deleted = statement.executeUpdate()) {
                all += deleted;
            }
        }
        return all;
    }

    private void write(Stage stage, PostgresTransaction transaction) throws SQLException {
        List<String> refused = new ArrayList<>();
        List<Row> page = stage.page(transaction.connection(), 0, PORTION);
        for (long at = 0; !page.isEmpty(); page = stage.page(transaction.connection(), at, PORTION)) {
            at += page.size();
            write(page, transaction, refused);
        }
        if (!refused.isEmpty()) {
            throw new FatalFailure("replacing rows of " + sink.rows().table().name() + ": "
                    + refused.size() + (refused.size() == 1 ? " record is" : " records are") + " refused, "
                    + String.join("; ", refused.subList(0, Math.min(NAMED, refused.size())))
                    + "; nothing was changed: fix these records and start again, or begin again with"
                    + " --restart");
        }
    }

    /** Halves what is refused, so that all who are at fault are named at once, and what is too much at a time. */
    private void write(List<Row> records, PostgresTransaction transaction, List<String> refused) throws SQLException {
        Connection connection = transaction.connection();
        Savepoint before = connection.setSavepoint();
        try {
            WriteResult outcome = replace(records, transaction);
            transaction.rehearseCommit();
            connection.releaseSavepoint(before);
            IntStream.range(0, records.size())
                    .filter(i -> outcome.status(i) == WriteStatus.REJECTED)
                    .forEach(i -> refused.add(named(records.get(i), outcome.reason(i))));
        } catch (RejectedFailure | OversizedFailure failure) {
            connection.rollback(before);
            if (records.size() > 1) {
                int middle = records.size() / 2;
                write(records.subList(0, middle), transaction, refused);
                write(records.subList(middle, records.size()), transaction, refused);
            } else if (failure instanceof RejectedFailure) {
                refused.add(named(records.get(0), String.valueOf(failure.getMessage())));
            } else {
                throw failure;
            }
        }
    }

    /** What others have added or changed since the records were kept may be in the way of some. */
    private WriteResult replace(List<Row> records, PostgresTransaction transaction) throws SQLException {
        GivenRows rows = sink.rows();
        Given given =
                Given.withNulls(records, rows.key(), rows.values(), WriteResult.of(records, WriteStatus.UNCHANGED));
        Map<Integer, Rejection> refused = replaced.refusedBefore(given, transaction.connection());
        WriteResult outcome = sink.write(records, transaction);
        replaced.refusedAfter(given, transaction.connection()).forEach(refused::putIfAbsent);
        refused.keySet().removeIf(index -> outcome.status(index) == WriteStatus.SUPPRESSED);
        refused.forEach(outcome::rejected);
        return outcome;
    }

    private String named(Row record, String reason) {
        String key = sink.rows().key().stream()
                .map(each -> each.name() + " " + record.get(each.name()))
                .collect(Collectors.joining(", "));
        return key + ": " + reason;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How long the transaction at the end will be, and what it needs. */
    List<Diagnostic> findings() {
        TableName table = sink.rows().table().name();
        List<Diagnostic> findings = new ArrayList<>();
        long rows = sink.database().read("looking at the rows that are replaced", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("explain select from " + table.sql()
                    + " where true" + Condition.and(List.of(replaced.condition())))) {
                ResultSet plan = statement.executeQuery();
                plan.next();
                Matcher matcher = ROWS.matcher(plan.getString(1));
                return matcher.find() ? Long.parseLong(matcher.group(1)) : 0L;
            }
        });
        findings.add(Diagnostic.info("replaced at the end in one transaction: " + Quantity.about(rows, "row")
                + (rows == 1 ? " is" : " are") + " deleted and as many"
                + " written, some " + Math.max(1, 2 * rows / PACE) + " s (estimated, " + PACE
                + " rows a second), in which changes of these rows by others wait; until then nothing is locked, and"
                + " pauses are free"));
        String may = "select has_schema_privilege(to_regnamespace('backfill'), 'create') is true or"
                + " (to_regnamespace('backfill') is null and has_database_privilege(current_database(), 'create'))";
        boolean allowed = sink.database().read("looking at the schema backfill", connection -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet answer = statement.executeQuery(may);
                answer.next();
                return answer.getBoolean(1);
            }
        });
        if (!allowed) {
            findings.add(Diagnostic.problem(
                    "replacing rows of " + table + " needs a schema for its records; an administrator"
                            + " has to run: create schema backfill authorization <user>"));
        }
        return findings;
    }
}
