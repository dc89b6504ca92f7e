package dev.backfill.matrix

/** What goes wrong. */
enum Fault {
    /** The process is gone. */
    KILL,
    /** The next save or commit takes effect, and nobody hears of it. */
    LOST_COMMIT,
    /** The next other change takes effect, and nobody hears of it. */
    LOST_ACKNOWLEDGEMENT,
    /** No answer in time: it may have taken effect or not. */
    TIME_OUT,
    /** A person or an orchestrator wants it to stop. */
    STOP,
    /** A person has given the work to another process. */
    LEASE_LOST,
    /** The process stands still for longer than its lease lasts, and another one comes. */
    PAUSED,
    /** Another client changes and adds rows while they are written. */
    OTHER_CLIENT

    /** Can happen at every step. */
    static final List<Fault> EVERYWHERE = (values() - OTHER_CLIENT).toList()
}
