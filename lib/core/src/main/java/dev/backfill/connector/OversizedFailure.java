package dev.backfill.connector;

/** The target gave up on a write because it took too long, and has undone it. With fewer records at once it may work. */
public final class OversizedFailure extends Failure {
    public OversizedFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
