package dev.backfill.report;

import dev.backfill.plan.Backfill;
import dev.backfill.plan.Show;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes out what a script shows. */
final class Shown {
    private Shown() {}

    static Map<String, List<String>> of(Backfill plan) {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        for (Show show : plan.validation().shows()) {
            shown.put(show.title(), lines(show.found().apply(plan.scope().resources())));
        }
        return shown;
    }

    private static List<String> lines(@Nullable Object found) {
        List<String> lines = found instanceof Collection<?> several
                ? several.stream().map(Shown::line).toList()
                : List.of(line(found));
        return lines.isEmpty() ? List.of("none") : lines;
    }

    private static String line(@Nullable Object one) {
        return one instanceof Map<?, ?> row
                ? row.entrySet().stream()
                        .map(column -> column.getKey() + " " + column.getValue())
                        .collect(Collectors.joining(", "))
                : String.valueOf(one);
    }
}
