package dev.backfill.connector;

import java.util.function.Supplier;

/** What is open for the length of a run. Closes everything in reverse order of opening. Thread-safe. */
public interface Resources {
    /** Opens the thing on the first call for its key, and gives the same one to every later call. */
    <T extends AutoCloseable> T shared(Object key, Class<T> type, Supplier<T> open);

    /** At most so many connections are worth pooling: what the run uses at the same time. */
    int connections();

    /** True if nothing may be changed: then every connection is to refuse a write, no matter who asks for it. */
    boolean readOnly();
}
