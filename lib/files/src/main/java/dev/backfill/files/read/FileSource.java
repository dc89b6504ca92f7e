package dev.backfill.files.read;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Enveloped;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FileEnvelope;
import dev.backfill.connector.MalformedRecord;
import dev.backfill.connector.Row;
import dev.backfill.connector.SearchableSource;
import dev.backfill.connector.Split;
import dev.backfill.words.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a file in their order. The whole file is looked through before the first record is given, so that one that
 * was cut is refused while nothing is written yet. A position holds for the content that it was made for. Used by one thread.
 */
public final class FileSource implements SearchableSource, Enveloped {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    private final RecordFile file;
    private final RowMaker rows;
    private Optional<Records> open = Optional.empty();
    private Optional<Object> ahead = Optional.empty();
    private long place;
    private boolean known;

    public FileSource(RecordFile file) {
        this.file = file;
        this.rows = new RowMaker(file);
    }

    @Override
    public List<Split> splits(int wanted) {
        Set<String> seen = new TreeSet<>();
        long count = walk(seen);
        know(seen);
        checkFields(seen);
        file.checkHeader();
        return List.of(new Split(0, Cursor.start(), Optional.empty(), OptionalLong.of(count)));
    }

    @Override
    public FileEnvelope envelope() {
        return file.envelope();
    }

    private void know(Set<String> seen) {
        rows.know(seen);
        known = true;
    }

    /** How many records the file has now. */
    public long count() {
        return walk(new TreeSet<>());
    }

    /** Looks the whole file through, and adds the names of all fields. */
    private long walk(Set<String> seen) {
        long count = 0;
        try (Records all = file.open()) {
            for (Optional<Object> next = all.next(); next.isPresent(); next = all.next()) {
                count++;
                if (next.get() instanceof Map<?, ?> record) {
                    record.keySet().forEach(name -> seen.add(String.valueOf(name)));
                }
            }
        } catch (IOException e) {
            throw file.failure(e);
        }
        return count;
    }

    /** A field that no record has may be an optional one; if there is one of nearly that name, it is misspelt. */
    private void checkFields(Set<String> seen) {
        for (String field : file.fields()) {
            String hint = seen.contains(field) ? "" : Nearest.hint(field, seen);
            if (!hint.isEmpty()) {
                throw new FatalFailure("no record of " + file.path() + " has a field '" + field + "'" + hint
                        + " (fields: " + String.join(", ", seen) + ")");
            }
        }
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        if (!known && file.fields().isEmpty()) {
            Set<String> seen = new TreeSet<>();
            walk(seen);
            know(seen);
        }
        String stamp = file.stamp();
        goTo(after, stamp);
        List<Row> read = new ArrayList<>();
        List<MalformedRecord> unreadable = new ArrayList<>();
        while (ahead.isPresent() && read.size() + unreadable.size() < limit) {
            Object value = ahead.get();
            if (value instanceof Map<?, ?> record) {
                read.add(rows.row(record));
            } else if (value instanceof Records.Odd odd) {
                unreadable.add(rows.unreadable(place, odd));
            }
            step();
        }
        return new Batch(read, unreadable, Cursor.after(place + " " + stamp), ahead.isEmpty());
    }

    private void goTo(Cursor after, String stamp) {
        long wanted = 0;
        if (!after.atStart()) {
            String[] parts = after.text().split(" ", 2);
            wanted = Long.parseLong(parts[0]);
            if (!parts[1].equals(stamp)) {
                throw new FatalFailure(file.path().toAbsolutePath()
                        + " is another one than it was when this run began with it; begin again with --restart");
            }
        }
        if (open.isEmpty() || place > wanted) {
            close();
            open = Optional.of(file.open());
            place = -1;
            step();
        }
        while (place < wanted && ahead.isPresent()) {
            step();
        }
    }

    private void step() {
        try {
            ahead = open.orElseThrow().next();
            place++;
        } catch (IOException e) {
            throw file.failure(e);
        }
    }

    /** A dead letter of what was no record has its place in the file for a key. */
    @Override
    public Map<String, Row> findByKey(List<String> keys) {
        splits(1); // which checks the file, and knows its fields
        Set<String> wanted = Set.copyOf(keys);
        Map<String, Row> found = new LinkedHashMap<>();
        goTo(Cursor.start(), file.stamp());
        for (; ahead.isPresent(); step()) {
            if (ahead.get() instanceof Map<?, ?> record) {
                Row row = rows.row(record);
                Stream.of(rows.key(row), RowMaker.key(place))
                        .filter(wanted::contains)
                        .forEach(key -> found.put(key, row));
            }
        }
        return found;
    }

    /** The fields that other records of the file have are known as long as it can be read. */
    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        if (!known && file.fields().isEmpty()) {
            know(fieldsNow());
        }
        return rows.restored(fields);
    }

    private Set<String> fieldsNow() {
        Set<String> seen = new TreeSet<>();
        try {
            walk(seen);
        } catch (FatalFailure e) {
            LOG.warn("{}; its fields are those that the dead letters contain", e.getMessage());
        }
        return seen;
    }

    @Override
    public String key(Row row) {
        return rows.key(row);
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
            open = Optional.empty();
        } catch (IOException e) {
            throw file.failure(e);
        }
    }
}
