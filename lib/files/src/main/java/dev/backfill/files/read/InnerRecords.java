package dev.backfill.files.read;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record for each item of a list in other records, with their other fields. What holds no such list is handed on as it is. */
final class InnerRecords implements Records {
    private final Records outer;
    private final String list;
    private final Deque<Object> waiting = new ArrayDeque<>();

    InnerRecords(Records outer, String list) {
        this.outer = outer;
        this.list = list;
    }

    @Override
    public Optional<Object> next() throws IOException {
        while (waiting.isEmpty()) {
            Optional<Object> next = outer.next();
            if (next.isEmpty()) {
                return next;
            }
            take(next.get());
        }
        return Optional.of(waiting.remove());
    }

    private void take(Object record) {
        if (!(record instanceof Map<?, ?> fields)) {
            waiting.add(record);
        } else if (fields.get(list) instanceof Iterable<?> items) {
            for (Object item : items) {
                waiting.add(item instanceof Map<?, ?> inner ? together(fields, inner) : Odd.unlessRecord(item));
            }
        } else {
            waiting.add(new Odd(record, "it has no list '" + list + "'"));
        }
    }

    private Map<String, @Nullable Object> together(Map<?, ?> fields, Map<?, ?> inner) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> all.put(String.valueOf(name), value));
        all.remove(list);
        inner.forEach((name, value) -> all.put(String.valueOf(name), value));
        return all;
    }

    @Override
    public void close() throws IOException {
        outer.close();
    }
}
