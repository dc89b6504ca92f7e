package dev.backfill.engine.phase;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.OpenTransaction;
import dev.backfill.connector.Split;
import dev.backfill.engine.pacing.LateCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again for what is left of a phase whose end was fixed before some records came or were committed: in passes, each of
 * which is a split of its own with an end of its own, until one finds nothing.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    /** Who still adds records after so many must learn that they are to be right at once. */
    private static final int PASSES = 5;

    private final PhaseContext left;

    /**
     * @param left that of the phase, reading only what is left
     */
    CatchUp(PhaseContext left) {
        this.left = left;
    }

    /** Those who wrote before the last look and have not committed yet are waited for, and then it looks again. */
    void run() {
        List<OpenTransaction> writers = look();
        if (!writers.isEmpty()) {
            left.entrance()
                    .holdWhile(new LateCommits(
                            state().name(), writers, this::writers, left.run().time()));
            look();
        }
    }

    /** Passes until one finds nothing more; answers who was writing when the last one began. */
    private List<OpenTransaction> look() {
        for (int number = 1; true; number++) {
            List<OpenTransaction> writers = writers();
            boolean resumed = last().filter(CatchUp::isOpen).isPresent();
            if (!resumed) {
                begin();
            }
            long before = written();
            new SplitWork(state().splits().size() - 1, left).run();
            long rows = state().splits().get(state().splits().size() - 1).rows();
            if (!resumed && ends(number, rows, written() > before)) {
                return writers;
            }
        }
    }

    /** A resumed pass was planned before this attempt, so that it is never the last. */
    private boolean ends(int number, long rows, boolean changed) {
        if (rows > 0 && !changed) {
            LOG.warn(
                    "{}: rows that still meet the condition of catchUp: after another pass: {}; they are dead"
                            + " letters, or the script leaves them out",
                    state().name(),
                    rows);
            return true;
        }
        if (rows > 0 && number >= PASSES) {
            LOG.warn(
                    "{}: the last of {} passes still found {} records; the program that adds them should write them"
                            + " correctly at once",
                    state().name(),
                    PASSES,
                    rows);
        }
        return rows == 0 || number >= PASSES;
    }

    private List<OpenTransaction> writers() {
        return left.phase()
                .source()
                .traits()
                .transactional()
                .map(source -> left.retry()
                        .run("looking for open transactions of " + left.phase().title(), source::writers))
                .orElse(List.of());
    }

    private long written() {
        return state().sinks().stream().mapToLong(SinkCounts::written).sum();
    }

    /** A pass that found nothing leaves no trace: the next one takes its place. */
    private void begin() {
        Supplier<List<Split>> plan = () -> left.phase().source().splits(1);
        Split whole = left.retry().run("planning " + left.phase().title(), plan).get(0);
        List<SplitState> all = new ArrayList<>(state().splits());
        last().filter(pass -> pass.rows() == 0).ifPresent(all::remove);
        all.add(SplitState.planned(whole).numbered(all.size()));
        left.saveSplits(all);
    }

    private static boolean isOpen(SplitState pass) {
        return pass.status() != WorkStatus.DONE;
    }

    /** The last pass, of this attempt or of one before. */
    private Optional<SplitState> last() {
        List<SplitState> splits = state().splits();
        return splits.isEmpty()
                ? Optional.empty()
                : Optional.of(splits.get(splits.size() - 1)).filter(SplitState::again);
    }

    private PhaseState state() {
        return left.state();
    }
}
