package dev.backfill.connector;

import java.util.Optional;

/**
 * A part of a source, as a person asked for it.
 *
 * @param from the first key, itself included
 * @param to the last key, itself included
 * @param where a condition in the source's own language
 */
public record Scope(Optional<String> from, Optional<String> to, Optional<String> where) {
    public static Scope all() {
        return new Scope(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean isAll() {
        return from.isEmpty() && to.isEmpty() && where.isEmpty();
    }
}
