package dev.backfill.fake;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.Split;
import dev.backfill.plan.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives the records of a list, by their place in it; also remembers what was read. */
public final class ListSource implements Source, SourceDefinition {
    private final List<Map<String, Object>> records;
    private final String keyColumn;
    private final boolean resumable;
    private final List<Long> reads = new ArrayList<>();

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
        return List.of(new Split(0, Cursor.start(), Optional.of(end), OptionalLong.of(records.size())));
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        int from = after.atStart() ? 0 : Integer.parseInt(after.text());
        int to = Math.min(records.size(), from + limit);
        reads.add((long) from);
        List<Row> rows = records.subList(from, to).stream().map(Row::of).toList();
        return new Batch(rows, Cursor.after(String.valueOf(to)), to == records.size());
    }

    @Override
    public String key(Row row) {
        return String.valueOf(row.get(keyColumn));
    }
}
