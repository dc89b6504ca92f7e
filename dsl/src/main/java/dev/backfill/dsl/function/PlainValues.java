package dev.backfill.dsl.function;

import dev.backfill.connector.Row;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Groovy's texts with placeholders into plain texts, wherever they stand in a function's result. */
final class PlainValues {
    private PlainValues() {}

    /** The value itself if it holds none. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof GString text) {
            return text.toString();
        } else if (value instanceof Row || !holdsAny(value)) {
            return value;
        }
        return value instanceof Map<?, ?> map ? copied(map) : value instanceof List<?> list ? copied(list) : value;
    }

    private static boolean holdsAny(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return anyHolds(map.keySet()) || anyHolds(map.values());
        }
        return value instanceof GString || (value instanceof List<?> list && anyHolds(list));
    }

    private static boolean anyHolds(Collection<?> values) {
        for (Object value : values) {
            if (holdsAny(value)) {
                return true;
            }
        }
        return false;
    }

    private static Map<@Nullable Object, @Nullable Object> copied(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(of(key), of(value)));
        return copy;
    }

    private static List<@Nullable Object> copied(List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(value -> copy.add(of(value)));
        return copy;
    }
}
