package dev.backfill.connector;

/** The request was sent and the answer lost: it may or may not have taken effect. */
public final class UnknownOutcome extends Failure {
    public UnknownOutcome(String message, Throwable cause) {
        super(message, cause);
    }

    public UnknownOutcome(String message) {
        super(message);
    }
}
