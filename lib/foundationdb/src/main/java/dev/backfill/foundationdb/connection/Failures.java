package dev.backfill.foundationdb.connection;

import com.apple.foundationdb.FDBException;
import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Sorts what the client says, once it has said itself that trying again does not help at once. */
final class Failures {
    private static final int TIMED_OUT = 1031;
    private static final int CANCELLED = 1025;
    private static final int LOCKED = 1038;

    private Failures() {}

    static Failure of(String doing, Throwable thrown) {
        Throwable cause = cause(thrown);
        if (cause instanceof Failure failure) {
            return failure;
        }
        return cause instanceof FDBException known ? of(doing, known) : new FatalFailure(doing + ": " + cause, cause);
    }

    private static Failure of(String doing, FDBException thrown) {
        String said = doing + ": FoundationDB says '" + thrown.getMessage() + "' (" + thrown.getCode() + ")";
        return switch (thrown.getCode()) {
            case TIMED_OUT, CANCELLED -> new TransientFailure(said + "; it can be tried again", thrown);
            case LOCKED -> new FatalFailure(said + "; wait for the end of whatever has locked it, then resume", thrown);
            default -> new FatalFailure(said + "; look for that number in FoundationDB's list of error codes", thrown);
        };
    }

    /** What was thrown, without the wrapping of futures. */
    static Throwable cause(Throwable thrown) {
        boolean wrapped = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wrapped && thrown.getCause() != null ? cause(thrown.getCause()) : thrown;
    }
}
