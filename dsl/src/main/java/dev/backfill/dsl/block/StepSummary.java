package dev.backfill.dsl.block;

import dev.backfill.connector.Row;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.TotalsFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the record that says what a step has done. */
record StepSummary(String step) {
    private static final List<String> COUNTS =
            List.of("read", "excluded", "written", "added", "changed", "unchanged", "missing", "rejected");

    /** When it was completed, the files that it has made, and the counts of each phase. */
    Map<String, @Nullable Object> standard(Row totals) {
        Map<String, @Nullable Object> fields = completed(totals);
        fields.put("dry_run", totals.get("dryRun"));
        fields.put("files_created", totals.get("files"));
        Map<String, @Nullable Object> statistics = new LinkedHashMap<>();
        if (totals.get("phases") instanceof Row phases) {
            phases.forEach((name, phase) -> {
                if (phase instanceof Row done && !name.equals("summary")) {
                    statistics.put(name, counts(done));
                }
            });
        }
        fields.put("statistics", statistics);
        return fields;
    }

    /** When it was completed, and what a function gives. */
    RecordFunction with(TotalsFunction function) {
        return function.after(this::completed)::apply;
    }

    private Map<String, @Nullable Object> completed(Row totals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(step + "_completed_at", totals.get("finished"));
        return fields;
    }

    private static Map<String, @Nullable Object> counts(Row done) {
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        COUNTS.forEach(name -> counts.put(name, done.get(name)));
        if (done.get("counts") instanceof Row more) {
            more.forEach((name, number) -> counts.put(name, number));
        }
        return counts;
    }
}
