package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SplitState;
import dev.backfill.checkpoint.WorkStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says where a phase resumes, and why there. */
final class Resuming {
    private Resuming() {}

    /** Nothing for a phase that has not begun. */
    static Optional<String> text(PhaseState phase) {
        String read = phase.status() == WorkStatus.DONE ? "" : " (" + Figures.count(phase.read()) + " read)";
        return predicate(phase).map(text -> phase.name() + " " + text + read);
    }

    /** The same without the phase's name and counts. */
    static Optional<String> predicate(PhaseState phase) {
        if (phase.status() == WorkStatus.DONE) {
            return Optional.of("is done");
        }
        if (phase.splits().isEmpty()) {
            return Optional.empty();
        }
        String open = phase.splits().stream()
                .filter(split -> split.status() != WorkStatus.DONE)
                .map(Resuming::position)
                .collect(Collectors.joining(", "));
        if (open.isEmpty()) {
            return Optional.of("looks for new rows again");
        }
        return Optional.of("resumes after " + open + ", the last record that was acknowledged and saved");
    }

    private static String position(SplitState split) {
        return split.cursor().atStart()
                ? split.cursor().toString()
                : "'" + split.cursor().text() + "'";
    }
}
