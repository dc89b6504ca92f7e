package dev.backfill.fake;

import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.plan.SinkDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the records written to it by their key, and counts how often each was written. */
public final class RecordingSink implements KeyedSink, SinkDefinition {
    private final String keyColumn;
    private final Map<String, Map<String, Object>> held = new TreeMap<>();
    private final Map<String, Integer> writes = new TreeMap<>();

    public RecordingSink(String keyColumn) {
        this.keyColumn = keyColumn;
    }

    /** What it holds, by key. */
    public Map<String, Map<String, Object>> held() {
        return held;
    }

    /** How often each key was written. */
    public Map<String, Integer> writes() {
        return writes;
    }

    @Override
    public Sink open(Resources resources) {
        return this;
    }

    @Override
    public String title() {
        return "a recording";
    }

    @Override
    public Object target(Row row) {
        return String.valueOf(row.get(keyColumn));
    }

    @Override
    public synchronized WriteResult write(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.WRITTEN);
        for (int i = 0; i < records.size(); i++) {
            Row row = records.get(i);
            String key = String.valueOf(row.get(keyColumn));
            writes.merge(key, 1, Integer::sum);
            Map<String, Object> before = held.put(key, new LinkedHashMap<>(row));
            if (row.equals(before)) {
                outcome.status(i, WriteStatus.UNCHANGED);
            }
        }
        return outcome;
    }
}
