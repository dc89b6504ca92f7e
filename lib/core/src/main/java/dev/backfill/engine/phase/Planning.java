package dev.backfill.engine.phase;

import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Split;
import dev.backfill.connector.SplittableSource;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.retry.Retry;
import dev.backfill.run.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Plans the splits of a phase. They are planned once and stored; a start that is to work on more of them than are open divides
 * what is left of those, so that they still follow each other without a gap.
 */
record Planning(OpenPhase phase, Concurrency concurrency, Retry retry) {
    /** The splits of a phase that begins. */
    List<SplitState> fresh() {
        int wanted = serial() ? 1 : concurrency.planned();
        List<SplitState> splits = planned(() -> phase.source().splits(wanted)).stream()
                .map(SplitState::planned)
                .toList();
        phase.checkEnvelope();
        return splits;
    }

    /** The splits of a phase that continues; nothing if they stay as they are. */
    Optional<List<SplitState>> divided(List<SplitState> splits) {
        long open = splits.stream().filter(Planning::isOpen).count();
        Optional<SplittableSource> source = phase.source().traits().splittable();
        if (open == 0 || open >= concurrency.splits() || serial() || source.isEmpty()) {
            return Optional.empty();
        }
        int each = (int) Math.ceil((double) concurrency.planned() / open);
        List<SplitState> all = new ArrayList<>();
        splits.forEach(split -> all.addAll(isOpen(split) ? divided(source.get(), split, each) : List.of(split)));
        return all.size() == splits.size() ? Optional.empty() : Optional.of(numbered(all));
    }

    /** What is done of the split is one that is done; what is left becomes several. */
    private List<SplitState> divided(SplittableSource source, SplitState at, int wanted) {
        List<Split> rest = planned(() -> source.split(at.split(), at.cursor(), wanted));
        if (rest.size() < 2) {
            return List.of(at);
        }
        List<SplitState> parts = new ArrayList<>();
        if (!at.cursor().equals(at.split().after())) {
            Split done = new Split(0, at.split().after(), Optional.of(at.cursor()), OptionalLong.of(at.rows()));
            parts.add(new SplitState(done, at.cursor(), at.rows(), WorkStatus.DONE, at.epoch()));
        }
        rest.forEach(split -> parts.add(SplitState.planned(split)));
        return parts;
    }

    private static List<SplitState> numbered(List<SplitState> splits) {
        return IntStream.range(0, splits.size())
                .mapToObj(i -> splits.get(i).numbered(i))
                .toList();
    }

    private List<Split> planned(Supplier<List<Split>> plan) {
        return retry.run("planning " + phase.title(), plan);
    }

    private boolean serial() {
        return phase.sinks().stream().anyMatch(sink -> sink.traits().serial());
    }

    private static boolean isOpen(SplitState split) {
        return split.status() != WorkStatus.DONE && !split.again();
    }
}
