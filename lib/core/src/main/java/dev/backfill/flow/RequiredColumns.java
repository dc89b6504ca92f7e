package dev.backfill.flow;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Rejection;
import dev.backfill.connector.Row;
import dev.backfill.plan.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rejects records that lack a column which their sink needs. A column that no record of this attempt has had ends the run,
 * because the script never gives it. Thread-safe.
 */
public final class RequiredColumns {
    private final Optional<String> place;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /**
     * @param place of the script's transform, as file and line
     */
    RequiredColumns(Optional<String> place) {
        this.place = place;
    }

    /** The selection without the records that lack a column; {@link ScriptException} if no record has had it. */
    Selection check(OpenSink sink, Selection selection) {
        List<String> required = sink.sink().required();
        if (required.isEmpty() || complete(required, selection.chosen())) {
            return selection;
        }
        List<RecordPair> chosen = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>(selection.refused());
        for (RecordPair item : selection.chosen()) {
            List<String> lacking = lacking(required, item.value().columns());
            if (lacking.isEmpty()) {
                chosen.add(item);
            } else {
                refused.add(refusal(sink, item, lacking));
            }
        }
        return new Selection(chosen, selection.passedBy(), refused);
    }

    private boolean complete(List<String> required, List<RecordPair> items) {
        List<Columns> shapes =
                items.stream().map(item -> item.value().columns()).distinct().toList();
        shapes.forEach(columns -> required.stream().filter(columns::contains).forEach(seen::add));
        return shapes.stream().allMatch(columns -> lacking(required, columns).isEmpty());
    }

    private static List<String> lacking(List<String> required, Columns columns) {
        return required.stream()
                .filter(name -> !columns.contains(name) && !columns.mayLack(name))
                .toList();
    }

    private Refusal refusal(OpenSink sink, RecordPair item, List<String> lacking) {
        String has = " (it has: " + String.join(", ", item.value().columns().names()) + ")";
        Optional<String> never =
                lacking.stream().filter(name -> !seen.contains(name)).findFirst();
        if (never.isPresent()) {
            throw new ScriptException(List.of(place.map(each -> each + ": ").orElse("") + "sink " + sink.title()
                    + " needs the column '" + never.get() + "', but no record has one: see the record "
                    + first(item.origin()) + has + "; let transform give '" + never.get()
                    + "' for each record, as null where there is no value"));
        }
        return new Refusal(
                item,
                sink.title() + place.map(each -> ", " + each).orElse(""),
                new Rejection(
                        Rejection.Kind.MISSING_VALUE,
                        "the record lacks the column '" + String.join("', '", lacking) + "'" + has));
    }

    private static String first(Row origin) {
        return origin.size() == 0 ? "without columns" : origin.columns().names().get(0) + " " + origin.at(0);
    }
}
