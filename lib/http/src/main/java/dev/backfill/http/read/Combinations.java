package dev.backfill.http.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Each record of a first source with each combination of the others' records. The first is read as it goes; the others are
 * held in memory. Used by one thread.
 */
final class Combinations implements AutoCloseable {
    private static final int MOST = 100_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Source> sources;
    private final String firstName;
    private final Source first;
    private Optional<List<Map<String, Row>>> others = Optional.empty();
    private Optional<Outer> held = Optional.empty();

    /** One combination, and the position behind it. */
    record Step(Map<String, Row> records, Cursor next) {}

    /** Combinations that follow each other, and whether they are the last. */
    record Steps(List<Step> steps, Cursor next, boolean last) {}

    /** A record of the first source, and the positions around it. */
    private record Outer(Cursor before, Row row, Cursor next, boolean last) {}

    /** A position: which record of the first source, and how many of its combinations are done. */
    private record Position(Cursor before, String key, int done) {}

    /**
     * @param sources in the order in which they are named; at least one
     */
    Combinations(Map<String, Source> sources) {
        this.sources = new LinkedHashMap<>(sources);
        this.firstName = this.sources.keySet().iterator().next();
        this.first = this.sources.values().iterator().next();
    }

    Split split() {
        Split outer = first.splits(1).get(0);
        OptionalLong rows = outer.rows().isPresent()
                ? OptionalLong.of(outer.rows().getAsLong() * others().size())
                : OptionalLong.empty();
        return new Split(0, Cursor.start(), outer.upTo(), rows);
    }

    Steps after(Split split, Cursor cursor, int limit) {
        List<Step> steps = new ArrayList<>();
        Position position = position(cursor);
        while (steps.size() < limit) {
            Optional<Outer> outer = others().isEmpty() ? Optional.empty() : outer(split, position.before());
            if (outer.isEmpty()) {
                return new Steps(steps, written(position), true);
            }
            Outer now = outer.get();
            String key = first.key(now.row());
            int done = key.equals(position.key()) ? position.done() : 0; // else that record is gone meanwhile
            for (; done < others().size() && steps.size() < limit; done++) {
                Map<String, Row> records = new LinkedHashMap<>();
                records.put(firstName, now.row());
                records.putAll(others().get(done));
                position = done + 1 < others().size()
                        ? new Position(now.before(), key, done + 1)
                        : new Position(now.next(), "", 0);
                steps.add(new Step(records, written(position)));
            }
            if (done == others().size()) {
                position = new Position(now.next(), "", 0);
                if (now.last()) {
                    return new Steps(steps, written(position), true);
                }
            }
        }
        return new Steps(steps, written(position), false);
    }

    /** The records of a combination that a dead letter contains. */
    Map<String, Row> restored(Map<String, @Nullable Object> fields) {
        Map<String, Row> records = new LinkedHashMap<>();
        sources.forEach((name, source) -> records.put(name, restored(name, source, fields.get(name))));
        return records;
    }

    private static Row restored(String name, Source source, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((field, each) -> fields.put(String.valueOf(field), each));
            return source.restored(fields);
        }
        throw new IllegalArgumentException("the dead letter has no record '" + name + "'");
    }

    private Optional<Outer> outer(Split split, Cursor before) {
        if (held.isPresent() && held.get().before().equals(before)) {
            return held;
        }
        Cursor cursor = before;
        while (true) {
            Batch batch = first.read(split, cursor, 1);
            if (!batch.rows().isEmpty()) {
                held = Optional.of(new Outer(before, batch.rows().get(0), batch.next(), batch.last()));
                return held;
            } else if (batch.last()) {
                return Optional.empty();
            }
            cursor = batch.next();
        }
    }

    /** All combinations of the sources but the first, in their order. */
    private List<Map<String, Row>> others() {
        if (others.isEmpty()) {
            List<Map<String, Row>> all = List.of(Map.of());
            for (Map.Entry<String, Source> source : sources.entrySet()) {
                if (source.getValue() != first) {
                    all = crossed(all, source.getKey(), rows(source.getKey(), source.getValue()));
                }
            }
            others = Optional.of(all);
        }
        return others.get();
    }

    private static List<Map<String, Row>> crossed(List<Map<String, Row>> so, String name, List<Row> rows) {
        List<Map<String, Row>> crossed = new ArrayList<>();
        for (Map<String, Row> one : so) {
            for (Row row : rows) {
                Map<String, Row> more = new LinkedHashMap<>(one);
                more.put(name, row);
                crossed.add(more);
            }
        }
        return crossed;
    }

    private static List<Row> rows(String name, Source source) {
        List<Row> rows = new ArrayList<>();
        for (Split split : source.splits(1)) {
            Cursor cursor = split.after();
            for (boolean last = false; !last; ) {
                Batch batch = source.read(split, cursor, 1_000);
                rows.addAll(batch.rows());
                cursor = batch.next();
                last = batch.last();
                if (rows.size() > MOST) {
                    throw new FatalFailure("forEach(…) keeps all of " + name + " in memory, but it has more than "
                            + MOST + " records; name it first");
                }
            }
        }
        return rows;
    }

    private static Cursor written(Position position) {
        try {
            String before = position.before().atStart() ? "" : position.before().text();
            return Cursor.after(MAPPER.writeValueAsString(
                    List.of(position.before().atStart(), before, position.key(), position.done())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position cannot be written", e);
        }
    }

    private static Position position(Cursor cursor) {
        if (cursor.atStart()) {
            return new Position(cursor, "", 0);
        }
        try {
            JsonNode parts = MAPPER.readTree(cursor.text());
            Cursor before = parts.get(0).asBoolean()
                    ? Cursor.start()
                    : Cursor.after(parts.get(1).asText());
            return new Position(before, parts.get(2).asText(), parts.get(3).asInt());
        } catch (JsonProcessingException e) {
            throw new FatalFailure(
                    "the position " + cursor + " is not a position in this source; begin again with --restart", e);
        }
    }

    @Override
    public void close() {
        sources.values().forEach(Source::close);
    }
}
