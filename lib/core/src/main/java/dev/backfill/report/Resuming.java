package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says where a phase goes on, and why there. */
final class Resuming {
    private Resuming() {}

    /** Nothing for a phase that has not begun. */
    static Optional<String> text(PhaseState phase) {
        if (phase.status() == WorkStatus.DONE) {
            return Optional.of(phase.name() + " is done");
        }
        if (phase.splits().isEmpty()) {
            return Optional.empty();
        }
        String open = phase.splits().stream()
                .filter(split -> split.status() != WorkStatus.DONE)
                .map(Resuming::position)
                .collect(Collectors.joining(", "));
        return Optional.of(phase.name() + " goes on after " + open
                + ", the last record that was acknowledged and saved (" + Figures.count(phase.read()) + " read)");
    }

    private static String position(SplitState split) {
        return split.cursor().atStart()
                ? split.cursor().toString()
                : "'" + split.cursor().text() + "'";
    }
}
