package dev.backfill.connector;

import java.util.List;

/** Something that must be there before anything is written. */
public interface Requirement extends AutoCloseable {
    /** What is not there yet, a phrase each; {@link FatalFailure} if what is there contradicts it. */
    List<String> missing();

    /** Adds what is missing, and nothing else; doing it twice equals doing it once. */
    void provide();

    /** True if sources and sinks cannot even be opened before it is there, as tables that they read. */
    default boolean first() {
        return false;
    }

    /** True if what is not there is among what it adds. */
    default boolean adds(AbsentFailure absent) {
        return false;
    }

    @Override
    default void close() {}
}
