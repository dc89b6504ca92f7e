package dev.backfill.postgres.write;

import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.value.UnfitValueException;
import dev.backfill.postgres.value.ValueText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of one write as the texts of their values, the last one for each key, ordered by key: so two runners that
 * write the same rows ask for them in the same order. Immutable.
 *
 * @param entries the records that go to the server
 * @param superseded the index of an earlier record of the same key, and that of the next one
 */
record Given(List<Entry> entries, NavigableMap<Integer, Integer> superseded) {
    /**
     * What one record gives.
     *
     * @param key says whether two records are of the same row
     * @param texts of its key's columns, then of its values
     */
    record Entry(int index, String key, List<@Nullable String> texts) {}

    /** Records that hold a value which cannot be written are rejected in the outcome, and are not given. */
    static Given of(List<Row> records, List<Column> key, List<Column> values, WriteResult outcome) {
        return of(records, key, values, outcome, false);
    }

    /** The same, where a key's column that may be null may be so in a record too: two of them are then of the same row. */
    static Given withNulls(List<Row> records, List<Column> key, List<Column> values, WriteResult outcome) {
        return of(records, key, values, outcome, true);
    }

    private static Given of(
            List<Row> records, List<Column> key, List<Column> values, WriteResult outcome, boolean nulls) {
        Map<String, Entry> last = new LinkedHashMap<>(); // in the order of reading, which is nearly the one of the sort
        NavigableMap<Integer, Integer> superseded = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                Entry entry = entry(i, records.get(i), key, values, nulls);
                Entry before = last.put(entry.key(), entry);
                if (before != null) {
                    superseded.put(before.index(), i);
                }
            } catch (UnfitValueException e) {
                outcome.rejected(i, String.valueOf(e.getMessage()));
            }
        }
        List<Entry> entries = new ArrayList<>(last.values());
        entries.sort(Comparator.comparing(Entry::key));
        return new Given(entries, superseded);
    }

    /** Of those whose keys have the same rank the last one, in the order of their ranks. */
    Given ranked(int[] ranks) {
        NavigableMap<Integer, Entry> last = new TreeMap<>();
        NavigableMap<Integer, Integer> earlier = new TreeMap<>(superseded);
        IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparing(place -> entries.get(place).index()))
                .forEach(place -> {
                    Entry entry = entries.get(place);
                    Entry before = last.put(ranks[place], entry);
                    if (before != null) {
                        earlier.put(before.index(), entry.index());
                    }
                });
        return new Given(List.copyOf(last.values()), earlier);
    }

    private static Entry entry(int index, Row record, List<Column> key, List<Column> values, boolean nulls) {
        @Nullable String[] texts = new @Nullable String[key.size() + values.size()];
        for (int i = 0; i < key.size(); i++) {
            texts[i] = text(key.get(i), record);
        }
        for (int i = 0; i < values.size(); i++) {
            texts[key.size() + i] = text(values.get(i), record);
        }
        return new Entry(index, identity(key, texts, nulls), Arrays.asList(texts));
    }

    /** What row the record is for; equal for records of the same row, and for those that are of none. */
    static String target(Row record, List<Column> key) {
        @Nullable String[] texts = new @Nullable String[key.size()];
        try {
            for (int i = 0; i < texts.length; i++) {
                texts[i] = text(key.get(i), record);
            }
            return identity(key, texts, true);
        } catch (UnfitValueException e) {
            return "";
        }
    }

    private static String identity(List<Column> key, @Nullable String[] texts, boolean nulls) {
        String only = key.size() == 1 ? texts[0] : null;
        if (only != null) {
            return ValueText.identity(key.get(0).type(), only);
        }
        StringBuilder identity = new StringBuilder();
        for (int i = 0; i < key.size(); i++) {
            String text = texts[i];
            if (text == null && (!nulls || key.get(i).notNull())) {
                throw new UnfitValueException("the key " + key.get(i).name() + " is null");
            }
            // No text holds a character of code 0, so two keys never run into one.
            identity.append(i == 0 ? "" : "\0")
                    .append(text == null ? "\0" : ValueText.identity(key.get(i).type(), text));
        }
        return identity.toString();
    }

    private static @Nullable String text(Column column, Row record) {
        try {
            return ValueText.of(column.type(), record.get(column.name()));
        } catch (UnfitValueException e) {
            throw new UnfitValueException(column.name() + ": " + e.getMessage());
        }
    }

    /** The index of the last record for the row that this one is for: its own, unless a later one supersedes it. */
    int lastOf(int index) {
        int last = index;
        for (Integer next = superseded.get(index); next != null; next = superseded.get(next)) {
            last = next;
        }
        return last;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The index of the record at a place of these, which counts from 0. */
    int index(int place) {
        return entries.get(place).index();
    }

    IntStream indexes() {
        return entries.stream().mapToInt(Entry::index);
    }

    /** The texts of one column, in the order of these. */
    @Nullable
    String[] texts(int column) {
        @Nullable String[] texts = new @Nullable String[entries.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = entries.get(i).texts().get(column);
        }
        return texts;
    }

    /** Those whose key has a null, or those whose key has none. */
    Given whereNull(int keyColumns, boolean some) {
        return new Given(
                entries.stream()
                        .filter(each -> each.texts().subList(0, keyColumns).contains(null) == some)
                        .toList(),
                superseded);
    }

    Given without(BitSet indexes) {
        return new Given(
                entries.stream().filter(each -> !indexes.get(each.index())).toList(), superseded);
    }
}
