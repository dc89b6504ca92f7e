package dev.backfill.matrix

/** Sinks that the engine treats each in another way. */
enum SinkKind {
    /** Commits on its own, and tells which records are for the same thing. */
    KEYED,
    /** Commits on its own, one batch after the other. */
    ORDERED,
    /** Two, of which the second gets what the first one found. */
    CHAIN,
    /** Commits together with the checkpoint where that is in the same database, else on its own. */
    TRANSACTIONAL,
    /** Its target grows. */
    APPENDING,
    /** Finds rows that have no key yet, in a table that other clients write to. */
    MATCHING

    /** Meets every fault at every step. */
    static final List<SinkKind> EVERYWHERE = (values() - MATCHING).toList()
}
