package dev.backfill.position;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Cursor;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.CheckpointLayout;
import dev.backfill.plan.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Shows a run's state in the fields that a checkpoint's document is known by. */
public final class DocumentedFields {
    private DocumentedFields() {}

    public static Map<String, Object> of(Backfill plan, RunState state) {
        CheckpointLayout layout = plan.layout();
        Map<String, Object> fields = new LinkedHashMap<>();
        layout.phase().ifPresent(name -> fields.put(name, (long) current(plan, state) + 1));
        for (int i = 0; i < plan.phases().size(); i++) {
            Phase phase = plan.phases().get(i);
            Cursor cursor = finishedPrefix(state.phases().get(i).splits());
            phase.cursorField()
                    .ifPresent(name -> fields.put(name, phase.source().shown(cursor)));
        }
        layout.batches().ifPresent(name -> fields.put(name, sum(state, PhaseState::batches)));
        layout.records().ifPresent(name -> fields.put(name, sum(state, PhaseState::read)));
        layout.counters()
                .forEach(name ->
                        fields.put(name, sum(state, phase -> phase.counts().getOrDefault(name, 0L))));
        return fields;
    }

    /** The index of the first phase that has something to do; the last one when all are done. */
    public static int current(Backfill plan, RunState state) {
        for (int i = 0; i < plan.phases().size(); i++) {
            if (plan.phases().get(i).wanted() && state.phases().get(i).status() != WorkStatus.DONE) {
                return i;
            }
        }
        return plan.phases().size() - 1;
    }

    /** The cursor at the end of what is finished without a gap. */
    public static Cursor finishedPrefix(List<SplitState> splits) {
        Cursor cursor = Cursor.start();
        for (SplitState split : splits) {
            if (split.again()) {
                break;
            }
            cursor = split.cursor();
            if (split.status() != WorkStatus.DONE) {
                break;
            }
        }
        return cursor;
    }

    private static long sum(RunState state, ToLongFunction<PhaseState> number) {
        return state.phases().stream().mapToLong(number).sum();
    }
}
