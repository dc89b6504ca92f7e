package dev.backfill.validation;

import dev.backfill.connector.Row;
import dev.backfill.connector.Source;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.flow.BatchProgress;
import dev.backfill.flow.Recheck;
import dev.backfill.flow.RecordPair;
import dev.backfill.flow.Refusal;
import dev.backfill.flow.SinkChain;
import dev.backfill.flow.TransformedBatch;
import dev.backfill.flow.WriteTurn;
import dev.backfill.run.Change;
import dev.backfill.run.ChangeListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Compares records with what the sinks hold: a record agrees if writing it again would change nothing. Nothing is changed. The
 * phase must have been opened for looking only.
 */
public final class Look {
    private final OpenPhase phase;
    private final SinkChain chain;
    private final Heard heard;

    public Look(OpenPhase phase, SinkChain chain, Heard heard) {
        this.phase = phase;
        this.chain = chain;
        this.heard = heard;
    }

    /** Collects the changes that preview sinks tell while a batch goes through them. */
    public static final class Heard implements ChangeListener {
        private final IdentityHashMap<Row, Deque<Change>> changes = new IdentityHashMap<>();

        @Override
        public void wouldChange(Change change) {
            changes.computeIfAbsent(change.record(), record -> new ArrayDeque<>())
                    .add(change);
        }
    }

    /** What a look at a batch found: those that do not agree, and the counts. */
    public record Seen(List<Suspect> suspects, TransformedBatch prepared, BatchProgress flow) {}

    public Seen at(List<Row> rows) {
        heard.changes.clear();
        Source source = phase.source();
        TransformedBatch prepared = phase.steps().apply(rows);
        BatchProgress flow = chain.write(BatchProgress.of(prepared.items()), WriteTurn.alone());
        IdentityHashMap<Row, Suspect> suspects = new IdentityHashMap<>();
        List<Suspect> ordered = new ArrayList<>();
        for (RecordPair item : flow.written()) {
            note(suspects, ordered, source, item.origin(), differences(item));
        }
        for (Refusal refusal : Recheck.join(prepared.refusals(), flow.refusals())) {
            note(suspects, ordered, source, refusal.item().origin(), refusal.where() + ": " + refusal.reason());
        }
        return new Seen(ordered, prepared, flow);
    }

    private String differences(RecordPair item) {
        Deque<Change> told = heard.changes.getOrDefault(item.value(), new ArrayDeque<>());
        if (told.isEmpty()) {
            return "would be written";
        }
        Change change = told.remove();
        return change.sink() + ": "
                + (change.held().isEmpty() ? "is missing" : String.join(", ", change.differences()));
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
