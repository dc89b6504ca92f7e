package dev.backfill.report;

import dev.backfill.control.RunRecord;
import dev.backfill.run.RunResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Says that a run is done, or was done before and when.
 *
 * @param history the attempts that the store remembers
 * @param asked the options that chose a part of the backfill; empty for all of it
 */
public record DoneText(List<RunRecord> history, String asked) {
    String headline(RunResult result, RunReport report) {
        if (result.worked()) {
            return "done in " + Figures.time(report.elapsed());
        }
        String run = "run " + result.state().id();
        String when = ended(result.state().id())
                .map(end -> " at " + end.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return asked.isEmpty()
                ? "nothing to do: " + run + " was done" + when + "; --restart begins again"
                : "nothing to do: " + asked + " was done by " + run + when + "; --restart does it again";
    }

    private Optional<Instant> ended(String run) {
        return history.stream()
                .filter(attempt -> attempt.run().equals(run))
                .flatMap(attempt -> attempt.ended().stream())
                .max(Instant::compareTo);
    }
}
