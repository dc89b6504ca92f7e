package dev.backfill.validation;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Located;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.RecordPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the records that a phase makes from columns which its own sinks write: after a run nobody knows from what they were
 * made, so that they cannot be compared. A phase that repeats until nothing differs is right when nothing does. Used by one
 * thread.
 */
final class SelfReads {
    /** A sink by its title, and the columns of the source that it writes. */
    private record Written(String title, Set<String> columns) {}

    private final List<Written> written = new ArrayList<>();
    private final List<OpenSink> sinks;
    private IdentityHashMap<Row, Set<String>> reads = new IdentityHashMap<>();

    SelfReads(OpenPhase phase) {
        this.sinks = phase.sinks();
        Optional<Located> source = phase.source().traits().located();
        if (source.isPresent() && !phase.plan().repeatUntilStable()) {
            for (OpenSink sink : phase.sinks()) {
                sink.traits()
                        .changing()
                        .filter(changing ->
                                changing.location().equals(source.get().location()))
                        .map(Changing::compared)
                        .ifPresent(columns -> written.add(new Written(sink.title(), columns)));
            }
        }
    }

    /** The records of the next batch, of which it is seen what is read of them. */
    List<Row> observed(List<Row> rows) {
        reads = new IdentityHashMap<>();
        if (written.isEmpty()) {
            return rows;
        }
        List<Row> observed = new ArrayList<>();
        for (Row row : rows) {
            Set<String> read = new HashSet<>();
            Row each = row.observed(read::add);
            reads.put(each, read);
            observed.add(each);
        }
        return observed;
    }

    /** Ends the observation: what a sink itself reads does not count, but whether it is to get the record does. */
    void settle(List<RecordPair> items) {
        for (RecordPair item : items) {
            sinks.forEach(sink -> sink.step().only().ifPresent(only -> tried(() -> only.apply(item.value()))));
        }
        reads.replaceAll((row, read) -> Set.copyOf(read));
    }

    private static void tried(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            // The same happens when the record goes through the sinks, and is accounted for there.
            return;
        }
    }

    /** Why the record cannot be compared; nothing if it can. */
    Optional<String> reason(Row origin) {
        return written.stream()
                .filter(each -> !both(each, origin).isEmpty())
                .map(each -> each.title() + " writes " + String.join(", ", both(each, origin))
                        + ", from which the phase makes the record")
                .findFirst();
    }

    private Set<String> both(Written sink, Row origin) {
        Set<String> both = new TreeSet<>(sink.columns());
        both.retainAll(reads.getOrDefault(origin, Set.of()));
        return both;
    }
}
