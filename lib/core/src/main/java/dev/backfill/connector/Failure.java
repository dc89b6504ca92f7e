package dev.backfill.connector;

/** A failed step, sorted by what the engine does about it. Messages say what was being done, and what happened. */
public abstract sealed class Failure extends RuntimeException
        permits TransientFailure, ThrottledFailure, OversizedFailure, RejectedFailure, FatalFailure, UnknownOutcome {
    Failure(String message, Throwable cause) {
        super(message, cause);
    }

    Failure(String message) {
        super(message);
    }
}
