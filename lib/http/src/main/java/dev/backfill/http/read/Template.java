package dev.backfill.http.read;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A path with places for columns of records: {@code /products/{product.id}/stock/{warehouse.id}}. */
record Template(String path) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}.]+)\\.([^{}]+)}");

    Template {
        String rest = PLACE.matcher(path).replaceAll("");
        if (rest.contains("{") || rest.contains("}")) {
            throw new IllegalArgumentException(
                    "get('" + path + "') has a place that names no column: write {product.id} for the id of product");
        }
    }

    /** The names of the records that it speaks of. */
    Set<String> names() {
        return PLACE.matcher(path)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The path for these records. */
    String of(Map<String, ?> records) {
        return PLACE.matcher(path).replaceAll(place -> Matcher.quoteReplacement(Paging.encoded(value(place, records))));
    }

    /** What distinguishes these records from others: the values in the places. */
    String key(Map<String, ?> records) {
        List<String> values = PLACE.matcher(path)
                .results()
                .map(place -> value(place, records))
                .toList();
        return String.join("/", values);
    }

    private String value(MatchResult place, Map<String, ?> records) {
        Object record = records.get(place.group(1));
        Object value = record instanceof Row row ? row.get(place.group(2)) : null;
        if (value == null) {
            throw new FatalFailure("get('" + path + "'): " + place.group() + " is null in " + record
                    + "; leave such records out, as with where('" + place.group(2) + " is not null')");
        }
        return value.toString();
    }
}
