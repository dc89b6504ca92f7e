package dev.backfill.http.rate;

import java.util.function.ToLongFunction;

/** Keeps the one window of a rate for all who share it; each use of it is a single step for the others. Thread-safe. */
interface Ledger {
    /** Lets the window be asked and changed; gives its answer. */
    long with(ToLongFunction<Window> use);

    /** The nanoseconds of the clock that all who share it read. */
    long now();
}
