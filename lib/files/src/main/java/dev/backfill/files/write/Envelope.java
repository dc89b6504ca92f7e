package dev.backfill.files.write;

import dev.backfill.connector.Row;
import dev.backfill.plan.TotalsFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says above the records of a file where they are from, when they were fetched, and how many they are. */
public final class Envelope {
    private Envelope() {}

    /** Of what a phase has done: source, endpoint if there is one, fetched_at, count. */
    public static Map<String, @Nullable Object> standard(Row totals) {
        Map<String, @Nullable Object> fields = origin(totals);
        fields.put("count", totals.get("written"));
        return fields;
    }

    /** The same with the fields that a function gives in place of the count; nothing if it gives nothing. */
    public static TotalsFunction with(TotalsFunction function) {
        return function.after(Envelope::origin);
    }

    private static Map<String, @Nullable Object> origin(Row totals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (totals.get("origin") instanceof Row origin) {
            origin.forEach((name, value) -> fields.put(name, value));
        }
        fields.put("fetched_at", totals.get("started"));
        return fields;
    }
}
