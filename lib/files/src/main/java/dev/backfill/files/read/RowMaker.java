package dev.backfill.files.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.backfill.connector.Columns;
import dev.backfill.connector.MalformedRecord;
import dev.backfill.connector.Row;
import dev.backfill.json.JsonValues;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes records of what stands in a file; records with the same fields share their columns. */
final class RowMaker {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final RecordFile file;
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private Columns last;

    RowMaker(RecordFile file) {
        this.file = file;
        this.last = Columns.of(file.fields());
    }

    /** Fields that some record of the file has. */
    void know(Set<String> fields) {
        others.addAll(fields);
    }

    Row row(Map<?, ?> record) {
        if (file.fields().isEmpty()) {
            List<String> names = record.keySet().stream().map(String::valueOf).toList();
            if (!last.names().equals(names)) {
                last = Columns.ofFields(names, others);
            }
            return Row.of(last, record.values().toArray());
        }
        return Row.of(last, file.fields().stream().map(record::get).toArray());
    }

    /** The record that a dead letter contains; its fields are some that records of the file have. */
    Row restored(Map<String, @Nullable Object> fields) {
        others.addAll(fields.keySet());
        return row(fields);
    }

    MalformedRecord unreadable(long place, Records.Odd odd) {
        return new MalformedRecord(key(place), json(odd.value()), odd.reason());
    }

    /** What is no record has its place for a key. */
    static String key(long place) {
        return "record " + (place + 1);
    }

    String key(Row row) {
        if (!file.keys().isEmpty()) {
            return file.keys().stream()
                    .map(name -> row.containsKey(name) ? String.valueOf(row.get(name)) : "")
                    .collect(Collectors.joining("/"));
        }
        Object id = row.containsKey("id") ? row.get("id") : null;
        return id == null ? json(row) : String.valueOf(id);
    }

    private static String json(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            JsonValues.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot be written", e);
        }
        return text.toString();
    }
}
