package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.plan.Backfill;
import dev.backfill.run.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Says in a line how far a phase is. */
final class ProgressText {
    private ProgressText() {}

    /** The share of all phases that is done, from 0 to 1; each counts the same, as those to come know no numbers yet. */
    static double share(Backfill plan, RunState state) {
        List<PhaseState> wanted = IntStream.range(0, plan.phases().size())
                .filter(i -> plan.phases().get(i).wanted())
                .mapToObj(state.phases()::get)
                .toList();
        return wanted.stream()
                .mapToDouble(phase -> PhaseTable.share(phase).orElse(0))
                .average()
                .orElse(1);
    }

    /**
     * @param since how many records the phase had read when this process began with it
     * @param elapsed how long ago that was
     */
    static String of(Progress progress, long since, Duration elapsed, Optional<String> limit) {
        long read = progress.current().read();
        double perSecond = (read - since) / Math.max(0.001, elapsed.toNanos() / 1e9);
        StringBuilder text =
                new StringBuilder(progress.current().name()).append(": ").append(Figures.count(read));
        OptionalLong expected = progress.expected();
        if (expected.isPresent()) {
            double share = expected.getAsLong() == 0 ? 1 : (double) read / expected.getAsLong();
            text.append(" of ")
                    .append(Figures.count(expected.getAsLong()))
                    .append(" (")
                    .append(Figures.percent(share))
                    .append(')');
        }
        if (perSecond > 0) {
            text.append(", ").append(Figures.count(Math.round(perSecond))).append("/s");
        }
        if (expected.isPresent() && perSecond > 0 && expected.getAsLong() > read) {
            Duration left = Duration.ofMillis((long) ((expected.getAsLong() - read) / perSecond * 1_000));
            text.append(", ").append(Figures.time(left)).append(" left");
        }
        limit.ifPresent(most -> text.append(", limited by ").append(most));
        return text.toString();
    }
}
