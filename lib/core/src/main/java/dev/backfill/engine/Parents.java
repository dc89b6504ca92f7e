package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.connector.Rejection;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.letter.Retrial;
import dev.backfill.letter.Tally;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Tries the records again for which a parent was missing, when all phases are through: it may have come after them. Once more
 * for as long as some succeed, for parents may have parents.
 *
 * @param opened the phases that were worked on, by their places in the plan
 * @param others opens any other one, if that is possible
 */
record Parents(
        Backfill plan,
        Map<Integer, OpenPhase> opened,
        Function<Phase, Optional<OpenPhase>> others,
        CheckpointStore store,
        CheckpointWriter keeper,
        RunContext context) {
    private static final int PAGE = 500;

    void settle() {
        List<OpenPhase> phases = phases();
        long succeeded;
        do {
            succeeded = phases.stream().mapToLong(this::again).sum();
        } while (succeeded > 0);
    }

    /** Those that wait for a parent, also where this run was to work on the parent's phase alone. */
    private List<OpenPhase> phases() {
        return IntStream.range(0, plan.phases().size())
                .mapToObj(this::phase)
                .flatMap(Optional::stream)
                .filter(Parents::canBeTriedAgain)
                .toList();
    }

    private Optional<OpenPhase> phase(int index) {
        Phase phase = plan.phases().get(index);
        return Optional.ofNullable(opened.get(index))
                .or(() -> waits(phase.name()) ? others.apply(phase) : Optional.empty());
    }

    private boolean waits(String phase) {
        return store.letterCounts().stream()
                .anyMatch(count -> count.kind() == Rejection.Kind.MISSING_PARENT
                        && count.phase().equals(phase));
    }

    private static boolean canBeTriedAgain(OpenPhase phase) {
        return phase.source().traits().keyed().isPresent()
                && phase.sinks().stream()
                        .noneMatch(sink -> sink.traits().appendOnly().isPresent());
    }

    /** How many succeeded. */
    private long again(OpenPhase phase) {
        List<DeadLetter> orphans = orphans(phase.plan().name());
        Retrial retrial = phase.retrial(store, keeper.guard(), context);
        Tally sum = Tally.none();
        for (int from = 0; from < orphans.size(); from += PAGE) {
            keeper.check();
            sum = sum.plus(retrial.read(keeper.lease(), orphans.subList(from, Math.min(orphans.size(), from + PAGE))));
        }
        return sum.written();
    }

    private List<DeadLetter> orphans(String phase) {
        List<DeadLetter> orphans = new ArrayList<>();
        List<DeadLetter> page = waits(phase) ? store.deadLetters(0, PAGE) : List.of();
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
