package dev.backfill.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BSONException;

/** Sorts the driver's exceptions by what can be done about them, and says so. */
final class Failures {
    /** Unauthorized, authentication failed, refused by Atlas. */
    private static final Set<Integer> REFUSED = Set.of(13, 18, 8000);

    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17280, 17419, 17420);
    private static final int DUPLICATE_KEY = 11000;
    private static final String SMALLER =
            "a document can have 16 MB at most: plan fewer splits, or keep the checkpoint in PostgreSQL";
    private static final Pattern CAUSE = Pattern.compile("caused by \\{([^{}]*)}");

    private Failures() {}

    /** True if the server may have done what it was asked although it did not say so. */
    static boolean inDoubt(MongoException e) {
        boolean unsent = e instanceof MongoSocketOpenException || e instanceof MongoTimeoutException;
        return !unsent && (e instanceof MongoSocketException || e instanceof MongoInterruptedException || passing(e));
    }

    /** Asks the server, with its failures sorted. */
    static <T> T sorting(String doing, Supplier<T> request) {
        try {
            return request.get();
        } catch (MongoException e) {
            throw sorted(doing, e);
        } catch (BSONException e) {
            throw new FatalFailure(doing + ": " + e.getMessage() + "; " + SMALLER, e);
        }
    }

    static boolean duplicate(MongoException e) {
        return e.getCode() == DUPLICATE_KEY;
    }

    static Failure sorted(String doing, MongoException e) {
        if (e instanceof MongoInterruptedException) {
            Thread.currentThread().interrupt();
        }
        String happened = doing + ": " + told(e);
        Optional<String> next = next(e);
        return next.isPresent()
                ? new FatalFailure(happened + "; " + next.get(), e)
                : new TransientFailure(
                        happened + "; check that the servers named in MONGO_URI run and can be reached"
                                + " from here (network, firewall, access list)",
                        e);
    }

    /** What must be done before it can work; nothing if waiting may be enough. */
    private static Optional<String> next(MongoException e) {
        if (refused(e)) {
            return Optional.of("check user, password and authSource in MONGO_URI, and that the user may read and write"
                    + " the database (role readWrite)");
        } else if (told(e).contains("SSL") || told(e).contains("certificat")) {
            return Optional.of("TLS could not be established: check tls=true or false in MONGO_URI, the address access"
                    + " list, and that"
                    + " the server's certificate is trusted (name its authority's file in MONGO_TLS_CA_FILE, or"
                    + " renew the CA certificates of a slim image)");
        } else if (TOO_LARGE.contains(code(e))) {
            return Optional.of(SMALLER);
        } else if (e instanceof MongoServerException && !passing(e)) {
            return Optional.of("the server refuses this for good: see its message and log");
        }
        return Optional.empty();
    }

    private static boolean refused(MongoException e) {
        boolean cutOff = e.getCause() instanceof MongoSocketException;
        return (e instanceof MongoSecurityException && !cutOff) || REFUSED.contains(code(e));
    }

    /** What the server may get over by itself: an election, a restart, a member that lags. */
    private static boolean passing(MongoException e) {
        return e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || e instanceof MongoWriteConcernException
                || (e instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().isEmpty())
                || e.hasErrorLabel("RetryableWriteError");
    }

    private static int code(MongoException e) {
        return e instanceof MongoBulkWriteException bulk
                        && !bulk.getWriteErrors().isEmpty()
                ? bulk.getWriteErrors().get(0).getCode()
                : e.getCode();
    }

    /** Without the driver's view of the whole cluster, but for what is wrong with it. */
    private static String told(MongoException e) {
        Set<String> causes = new LinkedHashSet<>();
        Matcher cause = CAUSE.matcher(String.valueOf(e.getMessage()));
        while (cause.find()) {
            causes.add(cause.group(1));
        }
        for (Throwable inner = e.getCause(); inner != null; inner = inner.getCause()) {
            causes.add(inner.toString());
        }
        String what = String.valueOf(e.getMessage());
        String first = what.contains("Client view of cluster state") ? "no server answers in time" : what;
        return causes.isEmpty() ? first : first + " (" + String.join("; ", causes) + ")";
    }
}
