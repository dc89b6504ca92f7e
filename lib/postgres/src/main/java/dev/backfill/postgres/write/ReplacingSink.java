package dev.backfill.postgres.write;

import dev.backfill.connector.Appending;
import dev.backfill.connector.Changing;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Finding;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.RejectedFailure;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in a table of their own, and lets them replace rows at the end, in one short transaction: whoever reads finds
 * the old rows until then, and the new ones from then on. Nothing is held while records are kept, so that a run may pause, die
 * and resume. Used by one thread at a time.
 */
public final class ReplacingSink implements Appending, Previewable, Changing, Identified, Inspectable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacingSink.class);

    private final UpsertSink sink;
    private final String condition;
    private final boolean told;
    private Optional<Stage> stage = Optional.empty();
    private long kept;
    private long outside;

    /**
     * @param condition in SQL, for the rows that are replaced
     */
    public ReplacingSink(UpsertSink sink, String condition) {
        this.sink = sink;
        this.condition = condition;
        this.told = new Swap(sink, condition).tellsOfWritten();
    }

    @Override
    public void resume(String position) {
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

    /** What the target would refuse is found by writing it and taking it back; then it is kept. */
    @Override
    public Outcome write(List<Row> records) {
        try (PostgresTransaction transaction = sink.database().begin()) {
            Outcome tried = tried(records, transaction);
            Outcome outcome = Outcome.of(records, Fate.UNCHANGED);
            Given given =
                    Given.withNulls(records, sink.rows().key(), sink.rows().values(), outcome);
            BitSet refused = refused(tried, outcome);
            Given left = given.without(refused);
            keep(left, transaction.connection());
            long more = told && !left.isEmpty() ? fresh().outside(transaction.connection(), left, condition) : 0;
            transaction.commit();
            outside += more;
            left.indexes().forEach(index -> settle(index, tried, outcome));
            kept += left.entries().size();
            return outcome.at(stage.orElseThrow().token() + ":" + kept);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "keeping records for " + sink.rows().table().name(), List.of());
        } catch (UnknownOutcome lost) {
            // What has its number already is kept in its place, so that the same can be sent once more.
            throw new TransientFailure(String.valueOf(lost.getMessage()), lost);
        }
    }

    private Outcome tried(List<Row> records, PostgresTransaction transaction) throws SQLException {
        Savepoint before = transaction.connection().setSavepoint();
        try {
            Outcome outcome = sink.write(records, transaction);
            transaction.rehearseCommit();
            return outcome;
        } catch (RejectedFailure refused) {
            if (refused.rejection().kind() == Rejection.Kind.DUPLICATE) {
                return Outcome.of(records, Fate.WRITTEN); // the row in its way may be one that is replaced
            }
            throw refused;
        } finally {
            transaction.connection().rollback(before);
        }
    }

    private static BitSet refused(Outcome tried, Outcome outcome) {
        BitSet refused = new BitSet();
        IntStream.range(0, tried.size())
                .filter(index -> tried.fate(index) == Fate.REJECTED)
                .forEach(index -> {
                    refused.set(index);
                    outcome.rejected(index, tried.rejection(index));
                });
        return refused;
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

    private static void settle(int index, Outcome tried, Outcome outcome) {
        if (tried.fate(index) == Fate.SUPPRESSED) {
            outcome.fate(index, Fate.SUPPRESSED);
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
    public void finish(Row totals) {
        new Swap(sink, condition).run(stage, kept);
        if (outside > 0) {
            LOG.warn(
                    "{} of the records written to {} do not meet the condition of replacing(…), so that the next replacement"
                            + " does not find their rows: {}",
                    outside,
                    sink.rows().table().name(),
                    condition);
        }
    }

    @Override
    public void settle() {
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
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>(sink.inspect());
        findings.addAll(new Swap(sink, condition).findings());
        if (!told) {
            findings.add(
                    Finding.warning("the condition of replacing(…) names columns that are not written, so that a row"
                            + " written outside of it is not noticed, and would not be replaced the next time"));
        }
        return findings;
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
}
