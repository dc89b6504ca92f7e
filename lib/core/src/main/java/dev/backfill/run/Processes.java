package dev.backfill.run;

import dev.backfill.checkpoint.Owner;

/** Says whether a process of this machine still runs. */
@FunctionalInterface
public interface Processes {
    boolean alive(Owner owner);
}
