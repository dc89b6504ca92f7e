package dev.backfill.connector;

/** What became of a record that a sink was given. */
public enum WriteStatus {
    /** Changed in the target. */
    WRITTEN,
    /** In the target already as it should be. */
    UNCHANGED,
    /** Nothing in the target to change. */
    MISSING,
    /** Left as it was by the target's own rules, such as a trigger or a policy, and so not as it was sent. */
    SUPPRESSED,
    /** Refused by the target, alone. */
    REJECTED
}
