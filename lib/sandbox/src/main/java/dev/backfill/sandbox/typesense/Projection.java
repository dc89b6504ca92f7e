package dev.backfill.sandbox.typesense;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Narrows documents to the fields that a query asks for. */
final class Projection {
    private Projection() {}

    static UnaryOperator<byte[]> of(Map<String, String> query) {
        Set<String> included = names(query.getOrDefault("include_fields", ""));
        Set<String> excluded = names(query.getOrDefault("exclude_fields", ""));
        if (included.isEmpty() && excluded.isEmpty()) {
            return UnaryOperator.identity();
        }
        return kept ->
                Json.only(kept, name -> (included.isEmpty() || included.contains(name)) && !excluded.contains(name));
    }

    private static Set<String> names(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
