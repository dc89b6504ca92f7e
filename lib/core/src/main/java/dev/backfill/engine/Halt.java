package dev.backfill.engine;

import dev.backfill.run.HaltedException;

/** Tells all work of a phase that some of it has failed, so that no more is begun. Thread-safe. */
final class Halt {
    private volatile boolean given;

    void give() {
        given = true;
    }

    /** {@link HaltedException} if it was given. */
    void check() {
        if (given) {
            throw new HaltedException();
        }
    }
}
