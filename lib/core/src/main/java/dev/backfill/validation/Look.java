package dev.backfill.validation;

import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.connector.WriteStatus;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.OwnEffect;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.RecordPair;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.RepeatUntilStable;
import dev.backfill.flow.SinkChain;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.WriteTurn;
import dev.backfill.retry.Retry;
import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares records with what the sinks hold: a record agrees if writing it again would change nothing. Nothing is changed. The
 * phase must have been opened for looking only.
 */
public final class Look {
    private final OpenPhase phase;
    private final SinkChain chain;
    private final Heard heard;
    private final SelfReads reads;
    private final PassedThrough passed;
    private final List<String> narrowed;
    private final Set<String> looking;

    public Look(OpenPhase phase, SinkChain chain, Heard heard, Retry retry) {
        this.phase = phase;
        this.chain = chain;
        this.heard = heard;
        this.passed = new PassedThrough(phase, retry);
        this.reads = new SelfReads(phase);
        this.narrowed = OwnEffect.of(phase).narrowed();
        this.looking = phase.sinks().stream()
                .filter(sink -> sink.traits().previewable().isPresent())
                .map(OpenSink::title)
                .collect(Collectors.toSet());
    }

    /** Collects the changes that preview sinks report while a batch goes through them. */
    public static final class Heard implements ChangeListener {
        private final IdentityHashMap<Row, Deque<Change>> changes = new IdentityHashMap<>();

        @Override
        public void wouldChange(Change change) {
            changes.computeIfAbsent(change.record(), record -> new ArrayDeque<>())
                    .add(change);
        }
    }

    /**
     * What a look at a batch found: those that do not agree, and the counts.
     *
     * @param uncompared how many records could not be compared, by the reason
     */
    public record Seen(
            List<Suspect> suspects, TransformedBatch prepared, BatchProgress flow, Map<String, Long> uncompared) {}

    public Seen at(List<Row> read) {
        heard.changes.clear();
        Source source = phase.source();
        List<Row> rows = reads.observed(read);
        TransformedBatch prepared = phase.steps().apply(rows);
        reads.settle(prepared.items());
        BatchProgress flow = chain.write(BatchProgress.of(prepared.items()), WriteTurn.alone());
        IdentityHashMap<Row, Suspect> suspects = new IdentityHashMap<>();
        List<Suspect> ordered = new ArrayList<>();
        for (RecordPair item : flow.written()) {
            differences(item)
                    .filter(any -> reads.reason(item.origin()).isEmpty())
                    .ifPresent(found -> note(suspects, ordered, source, item.origin(), found));
        }
        for (Refusal refusal : RepeatUntilStable.join(prepared.refusals(), flow.refusals())) {
            if (reads.reason(refusal.item().origin()).isEmpty()) {
                note(suspects, ordered, source, refusal.item().origin(), refusal.where() + ": " + refusal.reason());
            }
        }
        passed.compare(flow, (origin, found) -> {
            if (reads.reason(origin).isEmpty()) {
                note(suspects, ordered, source, origin, found);
            }
        });
        return new Seen(ordered, prepared, flow, uncompared(rows, flow));
    }

    private Map<String, Long> uncompared(List<Row> rows, BatchProgress flow) {
        Map<String, Long> uncompared = new LinkedHashMap<>();
        rows.forEach(row -> reads.reason(row).ifPresent(reason -> uncompared.merge(reason, 1L, Long::sum)));
        for (int i = 0; i < narrowed.size(); i++) {
            long missing = flow.outcomes().get(i).count(WriteStatus.MISSING);
            if (missing > 0 && !narrowed.get(i).isEmpty()) {
                uncompared.merge(
                        narrowed.get(i) + " sees only rows that meet its condition, which is about what it writes",
                        missing,
                        Long::sum);
            }
        }
        return uncompared;
    }

    /** Nothing from a sink that cannot say what its target holds. */
    private Optional<String> differences(RecordPair item) {
        Deque<Change> told = heard.changes.getOrDefault(item.value(), new ArrayDeque<>());
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Change change = told.remove();
        return looking.contains(change.sink())
                ? Optional.of(change.sink() + ": "
                        + (change.held().isEmpty() ? "is missing" : String.join(", ", change.differences())))
                : Optional.empty();
    }

    private static void note(
            IdentityHashMap<Row, Suspect> known, List<Suspect> ordered, Source source, Row origin, String reason) {
        Suspect suspect = known.get(origin);
        if (suspect == null) {
            Suspect fresh = new Suspect(source.key(origin), origin, new ArrayList<>(List.of(reason)));
            known.put(origin, fresh);
            ordered.add(fresh);
        } else {
            suspect.reasons().add(reason);
        }
    }
}
