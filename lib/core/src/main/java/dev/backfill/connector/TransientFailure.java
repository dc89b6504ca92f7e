package dev.backfill.connector;

/** May work when it is tried again: a lost connection, a deadlock, a server that restarts. Nothing was changed, or doing it again is harmless. */
public final class TransientFailure extends Failure {
    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public TransientFailure(String message) {
        super(message);
    }
}
