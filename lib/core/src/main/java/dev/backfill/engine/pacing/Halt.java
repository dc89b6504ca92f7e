package dev.backfill.engine.pacing;

import dev.backfill.run.HaltedException;
import dev.backfill.time.StopSignal;

/** Lets all work of a phase know that some of it has failed, so that no more is begun. Thread-safe. */
public final class Halt {
    private final StopSignal signal;
    private volatile boolean given;

    /**
     * @param signal rings when it is given, so that nobody keeps waiting
     */
    public Halt(StopSignal signal) {
        this.signal = signal;
    }

    public void give() {
        given = true;
        signal.ring();
    }

    /** {@link HaltedException} if it was given. */
    public void check() {
        if (given) {
            throw new HaltedException();
        }
    }
}
