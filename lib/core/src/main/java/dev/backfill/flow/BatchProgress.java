package dev.backfill.flow;

import dev.backfill.connector.Failure;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.ScriptException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a batch on their way through the sinks: each sink gets what the ones before it passed on, with what they
 * found in their target. Immutable, so that a step that failed can be done again from where it began.
 */
public final class BatchProgress {
    private final List<RecordPair> items;
    private final List<List<RecordPair>> given;
    private final List<WriteResult> outcomes;
    private final List<Refusal> refusals;
    private final List<RecordPair> written;

    private BatchProgress(
            List<RecordPair> items,
            List<List<RecordPair>> given,
            List<WriteResult> outcomes,
            List<Refusal> refusals,
            List<RecordPair> written) {
        this.items = items;
        this.given = given;
        this.outcomes = outcomes;
        this.refusals = refusals;
        this.written = written;
    }

    public static BatchProgress of(List<RecordPair> items) {
        return new BatchProgress(items, List.of(), List.of(), List.of(), List.of());
    }

    /** The records as the next sink gets them. */
    List<RecordPair> items() {
        return items;
    }

    /** What each sink so far was given, in the order of its outcome. */
    public List<List<RecordPair>> given() {
        return given;
    }

    /** One outcome for each sink so far. */
    public List<WriteResult> outcomes() {
        return outcomes;
    }

    public List<Refusal> refusals() {
        return refusals;
    }

    /** The records that some sink has written, as they were given to it. */
    public List<RecordPair> written() {
        return written;
    }

    /** The records that are meant for the sink, by its condition in the script. */
    public Selection selectedFor(OpenSink sink) {
        return sink.step()
                .only()
                .map(when -> selected(sink, when))
                .orElseGet(() -> new Selection(items, List.of(), List.of()));
    }

    /** What follows when the sink has been given the records that are meant for it. */
    public BatchProgress after(OpenSink sink, Selection selection, WriteResult outcome) {
        List<RecordPair> next = new ArrayList<>(selection.passedBy());
        List<Refusal> refused = new ArrayList<>(RepeatUntilStable.join(refusals, selection.refused()));
        List<RecordPair> changed = new ArrayList<>(written);
        for (int i = 0; i < outcome.size(); i++) {
            RecordPair given = selection.chosen().get(i);
            if (outcome.status(i) == WriteStatus.REJECTED) {
                refused.add(new Refusal(given, sink.title(), outcome.rejection(i)));
            } else if (outcome.status(i) == WriteStatus.WRITTEN) {
                changed.add(given);
            }
            if (outcome.continues(i)) {
                next.add(given.with(outcome.record(i)));
            }
        }
        return new BatchProgress(
                next,
                RepeatUntilStable.join(given, List.of(selection.chosen())),
                RepeatUntilStable.join(outcomes, List.of(outcome)),
                refused,
                changed);
    }

    /** Both together, as if they had been one; each has been through the same sinks. */
    public BatchProgress plus(BatchProgress more) {
        List<List<RecordPair>> both = new ArrayList<>();
        List<WriteResult> sums = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            both.add(RepeatUntilStable.join(given.get(i), more.given.get(i)));
            sums.add(outcomes.get(i).plus(more.outcomes.get(i)));
        }
        return new BatchProgress(
                RepeatUntilStable.join(items, more.items),
                both,
                sums,
                RepeatUntilStable.join(refusals, more.refusals),
                RepeatUntilStable.join(written, more.written));
    }

    private Selection selected(OpenSink sink, RecordFunction when) {
        Selection selection = new Selection(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (RecordPair item : items) {
            try {
                boolean meant = RecordSteps.truth(when.apply(item.value()));
                (meant ? selection.chosen() : selection.passedBy()).add(item);
            } catch (ScriptException | Failure e) {
                throw e;
            } catch (RuntimeException e) {
                selection.refused().add(Refusal.byScript(item, sink.title() + ", when", e));
            }
        }
        return selection;
    }
}
