package dev.backfill.engine;

import dev.backfill.run.HaltedException;
import dev.backfill.time.StopSignal;

/** Tells all work of a phase that some of it has failed, so that no more is begun. Thread-safe. */
final class Halt {
    private final StopSignal signal;
    private volatile boolean given;

    /**
     * @param signal rings when it is given, so that nobody goes on waiting
     */
    Halt(StopSignal signal) {
        this.signal = signal;
    }

    void give() {
        given = true;
        signal.ring();
    }

    /** {@link HaltedException} if it was given. */
    void check() {
        if (given) {
            throw new HaltedException();
        }
    }
}
