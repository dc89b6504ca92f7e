package dev.backfill.validation;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Row;
import dev.backfill.connector.SameServerComparison;
import dev.backfill.connector.SameServerComparison.Copied;
import dev.backfill.connector.SameServerComparison.Copy;
import dev.backfill.connector.SameServerRows;
import dev.backfill.connector.SinkTraits;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.RecordPair;
import dev.backfill.retry.Retry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares columns that pass through a phase unchanged inside the server, where source and target are in one database: so a
 * value that reading or writing alters is found too. A column passes through if the record has the very object that was read.
 */
record PassedThrough(OpenPhase phase, Retry retry) {
    /**
     * @param progress a batch that went through the sinks
     * @param found is given each record that differs though it seemed to agree, and in what
     */
    void compare(BatchProgress progress, BiConsumer<Row, String> found) {
        Optional<SameServerRows> rows = phase.source().traits().sameServer();
        for (int i = 0; rows.isPresent() && i < phase.sinks().size(); i++) {
            OpenSink sink = phase.sinks().get(i);
            Optional<SameServerComparison> comparison = sink.traits().sameServer();
            if (comparison.isPresent() && comparison.get().reaches(rows.get())) {
                List<Copy> copies = copies(
                        sink.traits(),
                        progress.given().get(i),
                        progress.outcomes().get(i));
                if (!copies.isEmpty()) {
                    compare(sink.title(), comparison.get(), rows.get(), copies, found);
                }
            }
        }
    }

    private void compare(
            String title,
            SameServerComparison comparison,
            SameServerRows rows,
            List<Copy> copies,
            BiConsumer<Row, String> found) {
        List<List<String>> differing =
                retry.run("comparing " + title + " inside the server", () -> comparison.differing(rows, copies));
        for (int i = 0; i < copies.size(); i++) {
            if (!differing.get(i).isEmpty()) {
                found.accept(
                        copies.get(i).origin(),
                        title + ": " + String.join(", ", differing.get(i))
                                + " differs from the source inside the server, though the record passes it through"
                                + " unchanged: reading or writing alters the value");
            }
        }
    }

    /** Of those that agree; of several for one row the last. */
    private static List<Copy> copies(SinkTraits sink, List<RecordPair> given, WriteResult outcome) {
        Set<String> compared = sink.changing().map(Changing::compared).orElse(Set.of());
        List<Object> targets = sink.targets()
                .map(all -> all.apply(given.stream().map(RecordPair::value).toList()))
                .orElse(List.of());
        Map<Object, Integer> last = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            last.put(targets.get(i), i);
        }
        List<Copy> copies = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            RecordPair pair = given.get(i);
            if (outcome.status(i) == WriteStatus.UNCHANGED && Objects.equals(last.get(targets.get(i)), i)) {
                List<Copied> columns = columns(pair, compared);
                if (!columns.isEmpty()) {
                    copies.add(new Copy(pair.origin(), pair.value(), columns));
                }
            }
        }
        return copies;
    }

    private static List<Copied> columns(RecordPair pair, Set<String> compared) {
        Set<String> names = new TreeSet<>(compared);
        names.retainAll(pair.value().columns().names());
        List<Copied> columns = new ArrayList<>();
        for (String name : names) {
            original(name, pair).ifPresent(original -> columns.add(new Copied(name, original)));
        }
        return columns;
    }

    /** The column of that name first: null, and small numbers, are the same object wherever they come from. */
    private static Optional<String> original(String name, RecordPair pair) {
        Object value = at(pair.value(), name);
        List<String> columns = pair.origin().columns().names();
        if (columns.contains(name) && at(pair.origin(), name) == value) {
            return Optional.of(name);
        }
        return value == null
                ? Optional.empty()
                : columns.stream()
                        .filter(column -> at(pair.origin(), column) == value)
                        .findFirst();
    }

    private static @Nullable Object at(Row row, String column) {
        return row.at(row.columns().position(column));
    }
}
