package dev.backfill.run;

import dev.backfill.checkpoint.Owner;

/** Tells whether a process of this machine still runs. */
@FunctionalInterface
public interface Processes {
    boolean alive(Owner owner);
}
