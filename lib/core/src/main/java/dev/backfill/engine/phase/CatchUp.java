package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Split;
import dev.backfill.engine.opening.OpenPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again for what is left of a phase whose end was fixed before some records came or were committed: in passes, each of
 * which is a split of its own with an end of its own, until one finds nothing.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    /** Who still adds records after so many has not been told that they are to be right at once. */
    private static final int PASSES = 5;

    private final int index;
    private final OpenPhase left;
    private final Means means;

    /**
     * @param left the phase, reading only what is left
     */
    CatchUp(int index, OpenPhase left, Means means) {
        this.index = index;
        this.left = left;
        this.means = means;
    }

    void run() {
        for (List<SplitState> passes = passes(); more(passes); passes = passes()) {
            if (passes.isEmpty() || passes.get(passes.size() - 1).status() == WorkStatus.DONE) {
                begin();
            }
            long before = written();
            new SplitWork(index, state().splits().size() - 1, left, means).run();
            List<SplitState> done = passes();
            long rows = done.get(done.size() - 1).rows();
            if (rows > 0 && written() == before) {
                LOG.warn(
                        "{}: rows that meet the condition for rows to be done, and that looking again does not change: {}; they"
                                + " are dead letters, or the script leaves them out",
                        state().name(),
                        rows);
                return;
            }
        }
    }

    private long written() {
        return state().sinks().stream().mapToLong(SinkCounts::written).sum();
    }

    private boolean more(List<SplitState> passes) {
        if (passes.isEmpty()) {
            return true;
        }
        SplitState last = passes.get(passes.size() - 1);
        if (last.status() != WorkStatus.DONE) {
            return true;
        }
        if (passes.size() >= PASSES && last.rows() > 0) {
            LOG.warn(
                    "{}: the last of {} passes still found {} records; whoever adds them should make them right at once",
                    state().name(),
                    PASSES,
                    last.rows());
        }
        return passes.size() < PASSES && last.rows() > 0;
    }

    private void begin() {
        Supplier<List<Split>> plan = () -> left.source().splits(1);
        Split whole = means.retry().run("planning " + left.title(), plan).get(0);
        List<SplitState> all = new ArrayList<>(state().splits());
        all.add(SplitState.planned(whole).numbered(all.size()));
        means.keeper().save(run -> run.with(index, state().withSplits(all)));
    }

    private List<SplitState> passes() {
        return state().splits().stream().filter(SplitState::again).toList();
    }

    private PhaseState state() {
        return means.keeper().state().phases().get(index);
    }
}
