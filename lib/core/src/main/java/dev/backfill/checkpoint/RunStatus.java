package dev.backfill.checkpoint;

/** Where a run stands. */
public enum RunStatus {
    /** Being worked on, or left by a process that died. */
    RUNNING,
    /** Stopped by a person or a signal, to go on later. */
    STOPPED,
    /** Ended by an error, to go on when that is mended. */
    FAILED,
    /** Ended by a person who does not want it to go on; until that is lifted. */
    CANCELLED,
    /** All phases are done. */
    DONE
}
