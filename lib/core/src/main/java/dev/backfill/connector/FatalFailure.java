package dev.backfill.connector;

/** Will not work however often it is tried: a wrong password, a missing table, a full disk. The message says the next step. */
public sealed class FatalFailure extends Failure permits AbsentFailure {
    public FatalFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public FatalFailure(String message) {
        super(message);
    }
}
