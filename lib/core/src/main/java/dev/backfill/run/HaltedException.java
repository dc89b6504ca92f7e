package dev.backfill.run;

/** Work was given up because other work of the same phase has failed; that failure is the one to report. */
public final class HaltedException extends RuntimeException {
    public HaltedException() {
        super("given up because other work has failed");
    }
}
