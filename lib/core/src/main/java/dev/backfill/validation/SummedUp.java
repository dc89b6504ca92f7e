package dev.backfill.validation;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Row;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.RecordPair;
import dev.backfill.plan.Sums;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sums up, by groups, what a phase's records leave in its target while it is looked through. Used by one thread. */
final class SummedUp {
    private final Sums sums;
    private final OpenPhase phase;
    private final Map<String, Map<String, Amount>> groups = new LinkedHashMap<>();

    SummedUp(Sums sums, OpenPhase phase) {
        this.sums = sums;
        this.phase = phase;
    }

    /** Neither what is refused now, nor what is known as a dead letter and not in the target for some other reason. */
    void add(Look.Seen seen, Count count) {
        Set<Row> outside = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.flow().refusals().forEach(refusal -> outside.add(refusal.item().origin()));
        seen.suspects().stream().filter(count::knows).forEach(suspect -> outside.add(suspect.origin()));
        List<Row> records = seen.prepared().items().stream()
                .filter(item -> !outside.contains(item.origin()))
                .map(RecordPair::value)
                .toList();
        last(records).forEach(this::add);
    }

    /** Of several records for the same thing in a batch, the last is the one that the target holds. */
    private Collection<Row> last(List<Row> records) {
        Optional<List<Object>> targets = phase.sinks().get(0).traits().targets().map(each -> each.apply(records));
        if (targets.isEmpty()) {
            return records;
        }
        Map<Object, Row> last = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            last.put(targets.get().get(i), records.get(i));
        }
        return last.values();
    }

    private void add(Row record) {
        Object added = sums.each().apply(record);
        if (added == null) {
            return;
        }
        if (!(added instanceof Map<?, ?> amounts) || !record.containsKey(sums.by())) {
            throw new FatalFailure(title() + ": the function must give a map, and a record must have the field '"
                    + sums.by() + "', but got " + added + " for " + record);
        }
        Map<String, Amount> group =
                groups.computeIfAbsent(String.valueOf(record.get(sums.by())), name -> new LinkedHashMap<>());
        amounts.forEach((name, value) ->
                group.computeIfAbsent(String.valueOf(name), sum -> new Amount()).add(value));
    }

    String title() {
        return "sums of " + sums.phase() + " by " + sums.by();
    }

    /** In what the target differs, a phrase for each group. Asks what it holds. */
    List<String> differences() {
        return new ActualSums(title(), sums.by(), sums.actual().test()).differences(groups);
    }
}
