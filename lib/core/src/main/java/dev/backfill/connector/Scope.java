package dev.backfill.connector;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** What was asked for, in words: "from '1' to '9' where price > 3". */
    public String text() {
        return given(List.of(
                from.map(key -> "from '" + key + "'"),
                to.map(key -> "to '" + key + "'"),
                where.map(condition -> "where " + condition)));
    }

    /** The options that asked for it. */
    public String options() {
        return given(List.of(from.map(any -> "--from"), to.map(any -> "--to"), where.map(any -> "--where")));
    }

    private static String given(List<Optional<String>> parts) {
        return parts.stream().flatMap(Optional::stream).collect(Collectors.joining(" "));
    }
}
