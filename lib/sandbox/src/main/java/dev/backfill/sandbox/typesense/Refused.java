package dev.backfill.sandbox.typesense;

/** A request, or one line of an import, that the server does not accept; the status is that of HTTP. */
final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String message) {
        super(message, null, false, false); // thousands of these are part of a normal import
        this.status = status;
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
