package dev.backfill.connector;

/** Will not work however often it is tried: a wrong password, a missing table, a full disk. The message tells the next step. */
public final class FatalFailure extends Failure {
    public FatalFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public FatalFailure(String message) {
        super(message);
    }
}
