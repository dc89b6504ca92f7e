package dev.backfill.connector;

/** Says that no such part of a source can be read: what was given, and why not. Who gave it must correct it. */
public sealed class UnfitScopeException extends RuntimeException permits UnfitKeyException {
    public UnfitScopeException(String message) {
        super(message);
    }

    private UnfitScopeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same with the next step. */
    public UnfitScopeException with(String next) {
        return new UnfitScopeException(getMessage() + "; " + next, this);
    }
}
