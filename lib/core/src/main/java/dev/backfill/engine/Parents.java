package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.Appending;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Rejection;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.letter.Retrial;
import dev.backfill.letter.Tally;
import dev.backfill.position.Keeper;
import dev.backfill.run.RunContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the records again for which a parent was missing, when all phases are through: it may have come after them. Once more
 * for as long as some succeed, for parents may have parents.
 */
record Parents(List<OpenPhase> phases, CheckpointStore store, Keeper keeper, RunContext context) {
    private static final int PAGE = 500;

    void settle() {
        long succeeded;
        do {
            succeeded = phases.stream()
                    .filter(Parents::canBeTriedAgain)
                    .mapToLong(this::again)
                    .sum();
        } while (succeeded > 0);
    }

    private static boolean canBeTriedAgain(OpenPhase phase) {
        return phase.source() instanceof KeyedSource
                && phase.sinks().stream().noneMatch(sink -> sink.sink() instanceof Appending);
    }

    /** How many succeeded. */
    private long again(OpenPhase phase) {
        List<DeadLetter> orphans = orphans(phase.plan().name());
        Retrial retrial = phase.retrial(store, keeper.heart(), context);
        Tally sum = Tally.none();
        for (int from = 0; from < orphans.size(); from += PAGE) {
            keeper.check();
            sum = sum.plus(retrial.read(keeper.lease(), orphans.subList(from, Math.min(orphans.size(), from + PAGE))));
        }
        return sum.written();
    }

    private List<DeadLetter> orphans(String phase) {
        List<DeadLetter> orphans = new ArrayList<>();
        boolean some = store.letterCounts().stream()
                .anyMatch(count -> count.kind() == Rejection.Kind.MISSING_PARENT
                        && count.phase().equals(phase));
        List<DeadLetter> page = some ? store.deadLetters(0, PAGE) : List.of();
        for (long skip = PAGE; !page.isEmpty(); skip += PAGE) {
            page.stream()
                    .filter(letter -> letter.phase().equals(phase))
                    .filter(letter -> letter.rejection().kind() == Rejection.Kind.MISSING_PARENT)
                    .forEach(orphans::add);
            page = store.deadLetters(skip, PAGE);
        }
        return orphans;
    }
}
