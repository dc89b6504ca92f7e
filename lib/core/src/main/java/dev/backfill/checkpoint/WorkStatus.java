package dev.backfill.checkpoint;

import java.util.EnumSet;
import java.util.Set;

/** Where a phase or a split stands, and what can follow; docs/states.md shows it. */
public enum WorkStatus {
    /** Nothing of it is saved. */
    PENDING,
    /** Some of it is saved. */
    RUNNING,
    /** All of it is saved. */
    DONE;

    /** What work of this status can become. */
    public Set<WorkStatus> next() {
        return switch (this) {
            case PENDING, RUNNING -> EnumSet.of(RUNNING, DONE); // a batch is saved, the last one is
            case DONE -> EnumSet.noneOf(WorkStatus.class);
        };
    }

    /** The status that follows; {@link IllegalStateException} if it cannot. */
    public WorkStatus to(WorkStatus following) {
        if (!next().contains(following)) {
            throw new IllegalStateException("work that is " + this + " cannot become " + following);
        }
        return following;
    }
}
