package dev.backfill.postgres.write;

import dev.backfill.connector.Row;
import dev.backfill.postgres.catalog.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what a row holds now into the record that the next sinks get. */
final class Held {
    private Held() {}

    static Row in(Row record, List<Column> columns, @Nullable Object[] values) {
        if (columns.isEmpty()) {
            return record;
        }
        Map<String, @Nullable Object> held = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            held.put(columns.get(i).name(), values[i]);
        }
        return record.with(held);
    }
}
