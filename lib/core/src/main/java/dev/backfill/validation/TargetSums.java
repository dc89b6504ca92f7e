package dev.backfill.validation;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Lookup;
import dev.backfill.connector.Resources;
import dev.backfill.connector.Row;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.RowsDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the rows that a target has, group by group, with the function that sums up the records.
 *
 * @param by the column that identifies a row's group
 * @param label where the name of a group is found; nothing: the group is its own name
 */
public record TargetSums(RowsDefinition target, String by, RecordFunction each, Optional<LookupDefinition> label) {
    /** A row for each group: the group, its name if there is one, and its sums. */
    public List<Map<String, @Nullable Object>> rows(Resources resources) {
        Map<String, Group> groups = new LinkedHashMap<>();
        target.each(resources, row -> add(row, groups));
        Map<String, Row> names = names(resources, groups.keySet());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        groups.forEach((name, group) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put(by, group.value());
            Optional.ofNullable(names.get(name)).ifPresent(found -> row.put(labelled(), text(found)));
            group.sums().forEach((sum, amount) -> row.put(sum, amount.total()));
            rows.add(row);
        });
        return rows;
    }

    /** What identifies a group in the target, and its sums by their names. */
    private record Group(@Nullable Object value, Map<String, Amount> sums) {}

    private void add(Row row, Map<String, Group> groups) {
        if (!row.containsKey(by)) {
            throw new FatalFailure(
                    target.title() + " has no column '" + by + "' for the sums by " + by + "; name a column of it");
        }
        Object added = each.apply(row);
        if (added instanceof Map<?, ?> amounts) {
            Object value = row.get(by);
            Map<String, Amount> sums = groups.computeIfAbsent(
                            String.valueOf(value), name -> new Group(value, new LinkedHashMap<>()))
                    .sums();
            amounts.forEach((name, amount) -> sums.computeIfAbsent(String.valueOf(name), sum -> new Amount())
                    .add(amount));
        }
    }

    private Map<String, Row> names(Resources resources, Set<String> groups) {
        if (label.isEmpty() || groups.isEmpty()) {
            return Map.of();
        }
        try (Lookup lookup = label.get().open(resources)) {
            return lookup.find(groups);
        }
    }

    /** warehouse_id is the number of a warehouse: what is found for it is the warehouse. */
    private String labelled() {
        return by.endsWith("_id") ? by.substring(0, by.length() - "_id".length()) : by + "_name";
    }

    private static String text(Row found) {
        return found.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
