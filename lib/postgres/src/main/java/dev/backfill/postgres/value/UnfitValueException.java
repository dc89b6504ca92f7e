package dev.backfill.postgres.value;

/** Says why a value is none for its column. */
public final class UnfitValueException extends RuntimeException {
    public UnfitValueException(String message) {
        super(message, null, false, false); // one may be thrown for each record of a batch: no stack trace
    }
}
