package dev.backfill.connector;

import java.util.List;

/** The target refused the records because of at least one of them; which one is not known for sure, and none was written. */
public final class RejectedFailure extends Failure {
    private final Rejection.Kind kind;
    private final transient List<Integer> suspects;

    /**
     * @param suspects the places, from 0, of the given records that are probably at fault; empty if the target does not say
     */
    public RejectedFailure(String message, Rejection.Kind kind, List<Integer> suspects, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.suspects = List.copyOf(suspects);
    }

    public RejectedFailure(String message, Rejection.Kind kind) {
        super(message);
        this.kind = kind;
        this.suspects = List.of();
    }

    public RejectedFailure(String message, Throwable cause) {
        this(message, Rejection.Kind.OTHER, List.of(), cause);
    }

    public RejectedFailure(String message) {
        this(message, Rejection.Kind.OTHER);
    }

    public List<Integer> suspects() {
        return suspects;
    }

    /** What it says of a record that was given alone. */
    public Rejection rejection() {
        return new Rejection(kind, String.valueOf(getMessage()));
    }
}
