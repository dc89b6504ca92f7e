package dev.backfill.http.read;

import dev.backfill.connector.Batch;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Cursor;
import dev.backfill.connector.Identified;
import dev.backfill.connector.MalformedRecord;
import dev.backfill.connector.Row;
import dev.backfill.connector.SearchableSource;
import dev.backfill.connector.Source;
import dev.backfill.connector.SourceTraits;
import dev.backfill.connector.Split;
import dev.backfill.http.client.ServiceClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call for each combination of other records, and one record for each call: those records, and a part of the answer. The
 * calls of a batch are made side by side; when some of them fail, those that succeeded are not made again. A call that cannot
 * succeed is handed on as unreadable. Used by one thread.
 */
public final class AnswerSource implements SearchableSource, Identified {
    /** For each of the calls that may be under way at once. */
    private static final int LATER = 16;

    private final ServiceClient client;
    private final Asking asking;
    private final Template template;
    private final Combinations combinations;
    private final Columns columns;
    private final Round round;

    /**
     * What is asked, and how an answer becomes a record.
     *
     * @param name of the column that the part of the answer becomes
     * @param none the statuses that mean that there is nothing
     */
    public record Asking(String path, String name, String part, Set<Integer> none) {
        public Asking {
            none = Set.copyOf(none);
        }
    }

    /** The names of the records that a path speaks of. */
    public static Set<String> names(String path) {
        return new Template(path).names();
    }

    /**
     * @param sources by their names in the path; they are closed with this one
     */
    public AnswerSource(ServiceClient client, Asking asking, Map<String, Source> sources) {
        this.client = client;
        this.asking = asking;
        this.template = new Template(asking.path());
        this.combinations = new Combinations(sources);
        List<String> names = new ArrayList<>(sources.keySet());
        names.add(asking.name());
        this.columns = Columns.of(names);
        this.round = new Round(client, asking);
    }

    @Override
    public List<Split> splits(int wanted) {
        return List.of(combinations.split());
    }

    @Override
    public Batch read(Split split, Cursor after, int limit) {
        Combinations.Steps steps = combinations.after(split, after, limit);
        List<String> paths =
                steps.steps().stream().map(step -> template.of(step.records())).toList();
        Map<String, Told> told = round.ask(after, paths, ahead(split, steps, limit), () -> later(split, steps, limit));
        List<Row> rows = new ArrayList<>();
        List<MalformedRecord> unreadable = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Map<String, Row> records = steps.steps().get(i).records();
            Told one = told.getOrDefault(paths.get(i), Told.nothing());
            one.error()
                    .ifPresentOrElse(
                            reason -> unreadable.add(unreadable(records, reason)),
                            () -> rows.add(row(records, one.value())));
        }
        return new Batch(rows, unreadable, steps.next(), steps.last());
    }

    /** What is called before a call that failed is waited for: as many as a batch has, and enough for a wait of some seconds. */
    private Set<String> later(Split split, Combinations.Steps steps, int limit) {
        return steps.last()
                ? Set.of()
                : combinations
                        .after(split, steps.next(), Math.max(limit, LATER * client.concurrency()))
                        .steps()
                        .stream()
                        .map(step -> template.of(step.records()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What follows a batch of fewer calls than may be under way: begun before it is saved, so that no answer is waited for idly. */
    private List<String> ahead(Split split, Combinations.Steps steps, int limit) {
        int more = client.concurrency() - limit;
        return steps.last() || more <= 0
                ? List.of()
                : combinations.after(split, steps.next(), more).steps().stream()
                        .map(step -> template.of(step.records()))
                        .toList();
    }

    /** Goes through all combinations, but calls only for those that are looked for. */
    @Override
    public List<Row> find(List<String> keys) {
        Map<String, Map<String, Row>> wanted = wanted(Set.copyOf(keys));
        Map<String, Told> told = round.ask(
                Cursor.after("these keys " + wanted.keySet()), List.copyOf(wanted.keySet()), List.of(), Set::of);
        List<Row> found = new ArrayList<>();
        wanted.forEach((path, records) -> {
            Told one = told.getOrDefault(path, Told.nothing());
            if (one.error().isEmpty()) {
                found.add(row(records, one.value()));
            }
        });
        return found;
    }

    private Map<String, Map<String, Row>> wanted(Set<String> keys) {
        Map<String, Map<String, Row>> wanted = new LinkedHashMap<>();
        Split split = combinations.split();
        Cursor cursor = split.after();
        for (boolean last = false; !last; ) {
            Combinations.Steps steps = combinations.after(split, cursor, 1_000);
            steps.steps().stream()
                    .map(Combinations.Step::records)
                    .filter(records -> keys.contains(template.key(records)))
                    .forEach(records -> wanted.put(template.of(records), records));
            cursor = steps.next();
            last = steps.last();
        }
        return wanted;
    }

    private Row row(Map<String, Row> records, Object value) {
        List<Object> values = new ArrayList<>(records.values());
        values.add(value);
        return Row.of(columns, values.toArray());
    }

    @Override
    public Row restored(Map<String, @Nullable Object> fields) {
        Object value = fields.get(asking.name());
        return row(combinations.restored(fields), value == null ? List.of() : value);
    }

    private MalformedRecord unreadable(Map<String, Row> records, String reason) {
        return new MalformedRecord(template.key(records), "{}", reason);
    }

    /** The values in the path's places. */
    @Override
    public SourceTraits traits() {
        return SourceTraits.of(this).withoutReadAhead();
    }

    @Override
    public String key(Row row) {
        return template.key(row);
    }

    @Override
    public String identity() {
        return client.doing(asking.path());
    }

    @Override
    public void close() {
        combinations.close();
    }
}
