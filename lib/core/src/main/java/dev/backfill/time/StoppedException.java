package dev.backfill.time;

/** A wait was broken off because the run is to stop. */
public final class StoppedException extends RuntimeException {
    public StoppedException() {
        super("stopped while waiting");
    }
}
