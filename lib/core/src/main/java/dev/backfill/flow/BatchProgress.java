package dev.backfill.flow;

import dev.backfill.connector.Failure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Row;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The records of a batch on their way through the sinks: each sink gets what the ones before it passed on, with what they
 * found in their target. Immutable, so that a step that failed can be done again from where it began.
 */
public final class BatchProgress {
    private final List<RecordPair> items;
    private final List<Outcome> outcomes;
    private final List<Refusal> refusals;
    private final List<RecordPair> written;

    private BatchProgress(
            List<RecordPair> items, List<Outcome> outcomes, List<Refusal> refusals, List<RecordPair> written) {
        this.items = items;
        this.outcomes = outcomes;
        this.refusals = refusals;
        this.written = written;
    }

    public static BatchProgress of(List<RecordPair> items) {
        return new BatchProgress(items, List.of(), List.of(), List.of());
    }

    /** The records as the next sink gets them. */
    List<RecordPair> items() {
        return items;
    }

    /** One outcome for each sink so far. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    /** The records that some sink has written, as they were given to it. */
    public List<RecordPair> written() {
        return written;
    }

    /**
     * What follows when the sink has been given its records.
     *
     * @param write is called with no records too
     */
    public BatchProgress through(OpenSink sink, Function<List<Row>, Outcome> write) {
        List<RecordPair> next = new ArrayList<>(items.size());
        List<Refusal> refused = new ArrayList<>(refusals);
        List<RecordPair> meant =
                sink.step().when().map(when -> meant(sink, when, next, refused)).orElse(items);
        Outcome outcome = write.apply(meant.stream().map(RecordPair::value).toList());
        List<RecordPair> changed = new ArrayList<>(written);
        for (int i = 0; i < meant.size(); i++) {
            RecordPair given = meant.get(i);
            if (outcome.fate(i) == Fate.REJECTED) {
                refused.add(new Refusal(given, sink.title(), outcome.rejection(i)));
            } else if (outcome.fate(i) == Fate.WRITTEN) {
                changed.add(given);
            }
            if (outcome.passesOn(i)) {
                next.add(given.with(outcome.record(i)));
            }
        }
        List<Outcome> all = new ArrayList<>(outcomes);
        all.add(outcome);
        return new BatchProgress(next, all, refused, changed);
    }

    /** Both together, as if they had been one; each has been through the same sinks. */
    public BatchProgress plus(BatchProgress more) {
        List<Outcome> sums = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            sums.add(outcomes.get(i).plus(more.outcomes.get(i)));
        }
        return new BatchProgress(
                Recheck.join(items, more.items),
                sums,
                Recheck.join(refusals, more.refusals),
                Recheck.join(written, more.written));
    }

    /** Those that are not meant for the sink go on to the next; those for which its condition fails are refused. */
    private List<RecordPair> meant(OpenSink sink, RecordFunction when, List<RecordPair> next, List<Refusal> refused) {
        List<RecordPair> meant = new ArrayList<>(items.size());
        for (RecordPair item : items) {
            try {
                (RecordSteps.truth(when.apply(item.value())) ? meant : next).add(item);
            } catch (ScriptException | Failure e) {
                throw e;
            } catch (RuntimeException e) {
                refused.add(Refusal.byScript(item, sink.title() + ", when", e));
            }
        }
        return meant;
    }
}
