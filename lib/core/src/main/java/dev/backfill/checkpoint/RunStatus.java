package dev.backfill.checkpoint;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands, and what can follow; docs/states.md shows it. */
public enum RunStatus {
    /** Being worked on, or left by a process that died. */
    RUNNING,
    /** Stopped by a person or a signal, to continue later. */
    STOPPED,
    /** Ended by an error, to continue when that is fixed. */
    FAILED,
    /** Ended by a person who does not want it to continue; until that is lifted. */
    CANCELLED,
    /** All phases are done. */
    DONE;

    /** What a run of this status can become. */
    public Set<RunStatus> next() {
        return switch (this) {
            case RUNNING ->
                EnumSet.allOf(RunStatus.class); // a start after a crash, a signal, an error, a person, the end
            case STOPPED, FAILED, CANCELLED, DONE -> EnumSet.of(RUNNING, STOPPED); // a start, or checkpoint set
        };
    }

    /** The status that follows; {@link IllegalStateException} if it cannot. */
    public RunStatus to(RunStatus following) {
        if (!next().contains(following)) {
            throw new IllegalStateException("a run that is " + this + " cannot become " + following);
        }
        return following;
    }
}
