package dev.backfill.postgres.write;

import dev.backfill.connector.AppendOnlySink;
import dev.backfill.connector.Changing;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.SinkTraits;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in a table of their own, and lets them replace rows at the end, in one short transaction: the one who reads finds
 * the old rows until then, and the new ones from then on. Nothing is held while records are kept, so that a run may pause, die
 * and resume. Used by one thread at a time.
 */
public final class ReplacingSink implements AppendOnlySink, Previewable, Changing, Identified, Inspectable {
    private final UpsertSink sink;
    private final String condition;
    private final ReplacedRows replaced;
    private Optional<Stage> stage = Optional.empty();
    private long kept;

    /**
     * @param condition in SQL, for the rows that are replaced
     */
    public ReplacingSink(UpsertSink sink, String condition) {
        this.sink = sink;
        this.condition = condition;
        this.replaced = ReplacedRows.of(sink.database(), sink.rows(), condition);
    }

    /** Rows are deleted and written as a whole, so that no batch shares the checkpoint's transaction or overtakes another. */
    @Override
    public SinkTraits traits() {
        SinkTraits inner = sink.traits();
        return new SinkTraits(
                true,
                inner.showsPayload(),
                Optional.of(this),
                Optional.of(this),
                Optional.of(this),
                Optional.empty(),
                Optional.of(this),
                inner.targets(),
                Optional.empty(),
                Optional.of(this),
                Optional.empty(),
                inner.sameServer());
    }

    @Override
    public void truncateTo(String position) {
        if (position.isEmpty()) {
            stage = Optional.empty();
            kept = 0;
            inTransaction("beginning to replace rows of ", connection -> fresh().purge(connection));
            return;
        }
        int colon = position.indexOf(':');
        Stage known = Stage.of(sink.rows(), condition, position.substring(0, colon));
        kept = Long.parseLong(position.substring(colon + 1));
        stage = Optional.of(known);
        inTransaction("resuming to replace rows of ", connection -> {
            if (known.exists(connection)) {
                known.cut(connection, kept);
            } else if (!known.isUsed(connection)) {
                throw new FatalFailure("the records that were kept to replace rows of "
                        + sink.rows().table().name() + " are gone; begin again with --restart");
            }
        });
    }

    @Override
    public List<String> required() {
        return sink.required();
    }

    /** Finds what the target would refuse by writing it and taking it back; the rest is kept. */
    @Override
    public WriteResult write(List<Row> records) {
        Map<Integer, Rejection> refused;
        try (PostgresTransaction transaction = sink.database().begin()) {
            WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
            Given given =
                    Given.withNulls(records, sink.rows().key(), sink.rows().values(), outcome);
            refused = rejections(outcome);
            refused.putAll(refusedBefore(given, transaction.connection()));
            if (refused.isEmpty()) {
                WriteResult tried = tried(records, given, transaction);
                refused.putAll(rejections(tried));
                if (refused.isEmpty()) {
                    keep(given, transaction.connection());
                    transaction.commit();
                    given.indexes().forEach(index -> settle(index, tried, outcome));
                    kept += given.entries().size();
                    return outcome.at(stage.orElseThrow().token() + ":" + kept);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "keeping records for " + sink.rows().table().name(), List.of());
        } catch (UnknownOutcome lost) {
            // What has its number already is kept in its place, so that the same can be sent once more.
            throw new TransientFailure(String.valueOf(lost.getMessage()), lost);
        }
        return writeOthers(records, refused);
    }

    private Map<Integer, Rejection> refusedBefore(Given given, Connection connection) {
        try {
            return replaced.refusedBefore(given, connection);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e,
                    "adding to " + sink.rows().table().name() + " in "
                            + sink.database().title(),
                    Accused.by(e, sink.rows(), given));
        }
    }

    private static Map<Integer, Rejection> rejections(WriteResult outcome) {
        Map<Integer, Rejection> rejections = new TreeMap<>();
        IntStream.range(0, outcome.size())
                .filter(index -> outcome.status(index) == WriteStatus.REJECTED)
                .forEach(index -> rejections.put(index, outcome.rejection(index)));
        return rejections;
    }

    /** A refused record takes the place of no other one of its key. */
    private WriteResult writeOthers(List<Row> records, Map<Integer, Rejection> refused) {
        List<Integer> others = IntStream.range(0, records.size())
                .filter(index -> !refused.containsKey(index))
                .boxed()
                .toList();
        WriteResult outcome = WriteResult.of(records, WriteStatus.UNCHANGED);
        refused.forEach(outcome::rejected);
        try {
            WriteResult written = write(others.stream().map(records::get).toList());
            IntStream.range(0, others.size()).forEach(place -> outcome.merge(others.get(place), written, place));
            return outcome.at(written.position().orElseThrow());
        } catch (RejectedFailure failure) {
            List<Integer> suspects =
                    failure.suspects().stream().map(others::get).toList();
            throw new RejectedFailure(
                    String.valueOf(failure.getMessage()), failure.rejection().kind(), suspects, failure);
        }
    }

    private WriteResult tried(List<Row> records, Given given, PostgresTransaction transaction) throws SQLException {
        Savepoint before = transaction.connection().setSavepoint();
        try {
            WriteResult outcome = sink.write(records, transaction);
            transaction.rehearseCommit();
            replaced.refusedAfter(given, transaction.connection()).forEach((index, rejection) -> {
                if (outcome.status(index) != WriteStatus.REJECTED && outcome.status(index) != WriteStatus.SUPPRESSED) {
                    outcome.rejected(index, rejection);
                }
            });
            return outcome;
        } catch (RejectedFailure refused) {
            if (refused.rejection().kind() == Rejection.Kind.DUPLICATE) {
                return WriteResult.of(records, WriteStatus.WRITTEN); // the row in its way may be one that is replaced
            }
            throw refused;
        } finally {
            transaction.connection().rollback(before);
        }
    }

    private void keep(Given left, Connection connection) throws SQLException {
        Stage into = stage.orElseGet(this::fresh);
        if (stage.isEmpty() || !into.exists(connection)) {
            into.create(connection);
            stage = Optional.of(into);
        }
        if (!left.isEmpty()) {
            into.add(connection, left, kept);
        }
    }

    private static void settle(int index, WriteResult tried, WriteResult outcome) {
        if (tried.status(index) == WriteStatus.SUPPRESSED) {
            outcome.status(index, WriteStatus.SUPPRESSED);
            return;
        }
        outcome.added(index);
        if (tried.isAltered(index)) {
            outcome.altered(index);
        }
    }

    private Stage fresh() {
        return Stage.fresh(sink.rows(), condition);
    }

    @Override
    public void publish(Row totals) {
        new Swap(sink, replaced).run(stage, kept);
    }

    @Override
    public void cleanUp() {
        inTransaction("removing what was kept for ", connection -> fresh().purge(connection));
    }

    private void inTransaction(String doing, Work work) {
        try (PostgresTransaction transaction = sink.database().begin()) {
            work.with(transaction.connection());
            transaction.commit();
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, doing + sink.rows().table().name());
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    @Override
    public List<Diagnostic> inspect() {
        List<Diagnostic> findings = new ArrayList<>(sink.inspect());
        findings.addAll(new Swap(sink, replaced).findings());
        if (!replaced.known()) {
            findings.add(Diagnostic.info(
                    "the condition of replaceWhere(…) names columns that are not written, so that a dry run"
                            + " does not show which records are rejected since their rows would not meet it; a run"
                            + " does"));
        }
        return findings;
    }

    @Override
    public WriteResult preview(List<Row> records) {
        WriteResult outcome = sink.preview(records);
        Given given = Given.withNulls(
                records, sink.rows().key(), sink.rows().values(), WriteResult.of(records, WriteStatus.UNCHANGED));
        sink.database()
                .read(
                        "looking at " + sink.rows().table().name(),
                        connection -> replaced.refusedBefore(given, connection))
                .forEach(outcome::rejected);
        return outcome;
    }

    @Override
    public WriteResult compare(List<Row> records) {
        return sink.compare(records);
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
}
