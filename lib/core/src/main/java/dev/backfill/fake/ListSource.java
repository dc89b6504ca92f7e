package dev.backfill.fake;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.connector.SplittableSource;
import dev.backfill.plan.SourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Gives the records of a list, by their place in it; also remembers what was read. */
public final class ListSource implements SplittableSource, SourceDefinition {
    private final List<Map<String, Object>> records;
    private final String keyColumn;
    private final boolean resumable;
    private final List<Long> reads = new CopyOnWriteArrayList<>();

    public ListSource(String keyColumn, List<Map<String, Object>> records, boolean resumable) {
        this.keyColumn = keyColumn;
        this.records = List.copyOf(records);
        this.resumable = resumable;
    }

    /** The place at which each read began. */
    public List<Long> reads() {
        return List.copyOf(reads);
    }

    @Override
    public Source open(Resources resources) {
        return this;
    }

    @Override
    public String title() {
        return "a list of " + records.size();
    }

    @Override
    public boolean resumable() {
        return resumable;
    }

    @Override
    public List<Split> splits(int wanted) {
        Cursor end = Cursor.after(String.valueOf(records.size()));
        Split whole = new Split(0, Cursor.start(), Optional.of(end), OptionalLong.of(records.size()));
        return split(whole, whole.after(), wanted);
    }

    @Override
    public List<Split> split(Split split, Cursor after, int wanted) {
        int from = place(after);
        int count = split.upTo().map(ListSource::place).orElse(records.size()) - from;
        int parts = Math.max(1, Math.min(wanted, count));
        return IntStream.range(0, parts)
                .mapToObj(i -> range(i, from + count * i / parts, from + count * (i + 1) / parts))
                .toList();
    }

    private static Split range(int ordinal, int from, int to) {
        Cursor after = from == 0 ? Cursor.start() : Cursor.after(String.valueOf(from));
        return new Split(ordinal, after, Optional.of(Cursor.after(String.valueOf(to))), OptionalLong.of(to - from));
    }

    private static int place(Cursor cursor) {
        return cursor.atStart() ? 0 : Integer.parseInt(cursor.text());
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        int from = place(after);
        int end = split.upTo().map(ListSource::place).orElse(records.size());
        int to = Math.min(end, from + limit);
        reads.add((long) from);
        List<Row> rows = records.subList(from, to).stream().map(Row::of).toList();
        return new Batch(rows, Cursor.after(String.valueOf(to)), to == end);
    }

    @Override
    public String key(Row row) {
        return String.valueOf(row.get(keyColumn));
    }
}
