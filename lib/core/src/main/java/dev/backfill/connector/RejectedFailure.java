package dev.backfill.connector;

/** The target refused the records because of at least one of them; which one is not known, and none was written. */
public final class RejectedFailure extends Failure {
    public RejectedFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public RejectedFailure(String message) {
        super(message);
    }
}
