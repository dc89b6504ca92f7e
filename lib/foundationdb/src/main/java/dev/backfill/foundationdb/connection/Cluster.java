package dev.backfill.foundationdb.connection;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.TransientFailure;
import dev.backfill.foundationdb.fake.FakeDatabase;
import dev.backfill.foundationdb.fake.RecordFile;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open cluster, or its stand-in. Every wait ends, even if the client hangs. Thread-safe. */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
    /** The tries of one transaction together; each can read for 5 seconds. */
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** A client of another release than the cluster can forget its own time-out. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Database database;
    private final Time time;
    private final String identity;

    public Cluster(Database database, Time time, String identity) {
        this.database = database;
        this.time = time;
        this.identity = identity;
    }

    /** The one that all parts of a run share; opens it with the first call. */
    public static Cluster shared(ClusterSettings settings, Resources resources) {
        return resources.shared(settings, Cluster.class, () -> open(settings));
    }

    /** {@link FatalFailure} with what to check if it does not answer within seconds. */
    public static Cluster open(ClusterSettings settings) {
        Time time = new SystemTime();
        if (settings.standIn().isPresent()) {
            LOG.warn(
                    "FDB_STAND_IN is set: no cluster is read, but the records of {}",
                    settings.standIn().get());
            FakeDatabase records = new FakeDatabase(time::nanos);
            records.load(RecordFile.read(settings.standIn().get()));
            return new Cluster(records, time, "stand-in");
        }
        ClusterFile file = ClusterFile.read(settings);
        Cluster cluster = new Cluster(ClientLibrary.open(settings), time, "cluster " + file.description());
        cluster.greet(settings, file.coordinators());
        return cluster;
    }

    /** Asks for something small, so that an unreachable cluster is reported before anything else. */
    void greet(ClusterSettings settings, String coordinators) {
        try {
            transact("open FDB", FIRST_ANSWER, transaction -> await(transaction.getReadVersion(), FIRST_ANSWER));
        } catch (TransientFailure e) {
            close();
            throw new FatalFailure(
                    "open FDB: no answer from the cluster of " + settings.file() + " within " + FIRST_ANSWER.toSeconds()
                            + " s; check that it is up (fdbcli --exec status), that " + coordinators
                            + " can be reached from here, and that the client library is of the cluster's release"
                            + " (7.1)",
                    e);
        }
    }

    /** What is asked of a transaction. It may be asked again from the beginning. */
    @FunctionalInterface
    public interface Reading<T> {
        T with(ReadTransaction transaction);
    }

    /**
     * Reads in one transaction, and again for as long as the client's own rules say that this helps.
     *
     * @param doing for messages: "reading QR records"
     */
    public <T> T transact(String doing, Reading<T> reading) {
        return transact(doing, ANSWER, reading);
    }

    private <T> T transact(String doing, Duration patience, Reading<T> reading) {
        try (Transaction transaction = database.createTransaction()) {
            transaction.options().setTimeout(patience.toMillis());
            return attempt(transaction, patience, reading);
        } catch (FDBException e) {
            throw Failures.of(doing, e);
        }
    }

    private static <T> T attempt(Transaction transaction, Duration patience, Reading<T> reading) {
        while (true) {
            try {
                return reading.with(transaction.snapshot());
            } catch (FDBException e) {
                await(transaction.onError(e), patience);
            }
        }
    }

    /** The answer. {@link FDBException} as the client throws it. */
    public static <T> T await(CompletableFuture<T> answer) {
        return await(answer, ANSWER);
    }

    private static <T> T await(CompletableFuture<T> answer, Duration patience) {
        try {
            return answer.get(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (Failures.cause(e) instanceof FDBException known) {
                throw known;
            }
            throw new FatalFailure(String.valueOf(Failures.cause(e)), e);
        } catch (TimeoutException e) {
            throw new TransientFailure("the client of FoundationDB does not answer; it can be tried"
                    + " again, and if that does not help, its release is not the cluster's");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("interrupted while reading FoundationDB", e);
        }
    }

    /** By its own clock: how long something may take. */
    public long nanos() {
        return time.nanos();
    }

    /** Says which cluster it is, wherever it is reached from; its coordinators may change. */
    public String identity() {
        return identity;
    }

    @Override
    public void close() {
        database.close();
    }
}
