package dev.backfill.checkpoint;

/** Where a phase or a split stands. */
public enum WorkStatus {
    PENDING,
    RUNNING,
    DONE
}
