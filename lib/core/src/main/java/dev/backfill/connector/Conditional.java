package dev.backfill.connector;

import java.util.Set;

/**
 * Sees only rows that meet conditions, and can be had without one of them.
 *
 * @param <T> what it is
 */
public interface Conditional<T> {
    /** The names of columns and tables that its conditions mention, in lower case unless they are quoted. */
    Set<String> mentioned();

    /** The same without this condition, which also closes this one; itself if it has no such condition. */
    T without(String condition);
}
