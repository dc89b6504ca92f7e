package dev.backfill.validation;

import dev.backfill.connector.FatalFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a target holds in sum, a row for each group: its texts name the group, its numbers are the sums. */
final class ActualSums {
    private final String title;
    private final String by;
    private final Map<String, Map<?, ?>> rows = new LinkedHashMap<>();

    /** {@link FatalFailure} if what was given are no such rows. */
    ActualSums(String title, String by, @Nullable Object given) {
        this.title = title;
        this.by = by;
        for (Object row : given instanceof Collection<?> several ? several : List.of("nothing")) {
            if (!(row instanceof Map<?, ?> fields) || !fields.containsKey(by)) {
                throw new FatalFailure(title + ": actual: must give rows with a column '" + by + "', but gave " + row);
            }
            rows.put(String.valueOf(fields.get(by)), fields);
        }
    }

    List<String> differences(Map<String, Map<String, Amount>> groups) {
        Set<String> names = new TreeSet<>();
        groups.values().forEach(group -> names.addAll(group.keySet()));
        rows.values().forEach(row -> check(row, names));
        Map<String, Map<?, ?>> all = new LinkedHashMap<>(rows);
        groups.keySet().forEach(group -> all.putIfAbsent(group, Map.of()));
        List<String> differences = new ArrayList<>();
        all.forEach((group, row) -> {
            String found = differences(groups.getOrDefault(group, Map.of()), row, names);
            if (!found.isEmpty()) {
                differences.add(label(group, row) + ": " + found);
            }
        });
        return differences;
    }

    /** A misspelt name would else be a sum of nothing. */
    private void check(Map<?, ?> row, Set<String> names) {
        Set<String> held = row.entrySet().stream()
                .filter(column -> column.getValue() == null || column.getValue() instanceof Number)
                .map(column -> String.valueOf(column.getKey()))
                .filter(name -> !name.equals(by))
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.isEmpty()) {
            names.addAll(held);
        } else if (!held.equals(names)) {
            throw new FatalFailure(title + ": the records have the sums " + String.join(", ", names)
                    + ", but actual: gives " + String.join(", ", held) + "; give both the same names");
        }
    }

    private static String differences(Map<String, Amount> group, Map<?, ?> row, Set<String> names) {
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            BigDecimal source = group.containsKey(name) ? group.get(name).total() : BigDecimal.ZERO;
            BigDecimal held = Amount.number(row.get(name));
            if (source.compareTo(held) != 0) {
                differences.add(
                        name + " " + source.toPlainString() + " in the source, " + held.toPlainString() + " held");
            }
        }
        return String.join(", ", differences);
    }

    private String label(String group, Map<?, ?> row) {
        String texts = row.values().stream()
                .filter(CharSequence.class::isInstance)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return texts.isEmpty() ? by + " " + group : texts;
    }
}
