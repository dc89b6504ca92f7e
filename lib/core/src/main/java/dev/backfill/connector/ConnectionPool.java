package dev.backfill.connector;

import java.util.OptionalInt;

/** Connections to a server that has only so many of them. Thread-safe. */
public interface ConnectionPool {
    /** What connections lead to, for messages: "shop on db:5432". */
    String title();

    /** Equal for pools that take their connections from the same server. */
    Object server();

    /** Asks the server how many connections this pool may have, those that it has included; nothing if others handle that. */
    OptionalInt free();

    /** Opens at most so many connections from now on, but never fewer than two. */
    void resize(int connections);
}
