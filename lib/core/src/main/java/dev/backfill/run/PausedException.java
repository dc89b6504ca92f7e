package dev.backfill.run;

/** The run ended before its work did, as it was asked to; the checkpoint is saved. */
public final class PausedException extends RuntimeException {
    public PausedException(String why) {
        super(why);
    }
}
