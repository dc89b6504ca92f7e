package dev.backfill.flow;

import dev.backfill.connector.Rejection;

/**
 * A record that goes no further, and why.
 *
 * @param where the step or sink that refused it
 */
public record Refusal(RecordPair item, String where, Rejection rejection) {
    /** A function of the script cannot handle the record. */
    static Refusal byScript(RecordPair item, String where, RuntimeException error) {
        String reason = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return new Refusal(item, where, new Rejection(Rejection.Kind.SCRIPT, reason));
    }

    public String reason() {
        return rejection.reason();
    }
}
