package dev.backfill.report;

import dev.backfill.control.RunRecord;
import dev.backfill.run.RunResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Says that a run is done, or was done before and when.
 *
 * @param history the attempts that the store remembers
 * @param asked the options that chose a part of the backfill; empty for all of it
 */
public record DoneText(List<RunRecord> history, String asked) {
    String headline(RunResult result, RunReport report, Function<Instant, String> time) {
        String done = "done in " + Figures.time(report.elapsed());
        String run = (asked.isEmpty() ? "" : asked + " was done by ") + "run "
                + result.state().id() + (asked.isEmpty() ? " was done" : "") + ended(result, time);
        if (result.worked()) {
            return result.lookedAgain().isPresent()
                    ? done + ": " + run + ", and a new look found "
                            + found(result.lookedAgain().getAsLong())
                    : done;
        }
        return "nothing to do: " + run
                + (result.lookedAgain().isPresent() ? ", and a new look found no rows to be done" : "")
                + (asked.isEmpty() ? "; --restart begins again" : "; --restart does it again");
    }

    private static String found(long records) {
        return Figures.count(records) + (records == 1 ? " record" : " records") + " more";
    }

    /** When the run was done, which is before this attempt if this one looked again. */
    private String ended(RunResult result, Function<Instant, String> time) {
        return history.stream()
                .filter(attempt -> attempt.run().equals(result.state().id()))
                .flatMap(attempt -> attempt.ended().stream())
                .sorted(Comparator.reverseOrder())
                .skip(result.lookedAgain().isPresent() ? 1 : 0)
                .findFirst()
                .map(end -> " at " + time.apply(end))
                .orElse("");
    }
}
