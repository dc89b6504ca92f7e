package dev.backfill.report;

import dev.backfill.checkpoint.Owner;
import dev.backfill.control.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lists the attempts of a backfill, newest last.
 *
 * @param owner who works on it now, if anybody does
 */
public record HistoryText(List<RunRecord> starts, Optional<Owner> owner) {
    /** The attempts; one that never ended, and is not the owner's, was killed or lost its machine. */
    public List<RunRecord> attempts() {
        return starts.stream()
                .map(start -> start.ended().isPresent() || isOn(start) ? start : start.brokenOff())
                .toList();
    }

    private boolean isOn(RunRecord start) {
        boolean last = start.equals(starts.get(starts.size() - 1));
        return last && owner.map(Owner::toString).equals(Optional.of(start.by()));
    }

    public String text() {
        return starts.isEmpty()
                ? "no start is remembered"
                : attempts().stream().map(HistoryText::line).collect(Collectors.joining("\n"));
    }

    private static String line(RunRecord start) {
        String took = start.ended()
                .map(end -> " for " + Figures.time(Duration.between(start.started(), end)))
                .orElse("");
        String counts = start.ended().isEmpty()
                ? ""
                : "; " + Figures.count(start.read()) + " read, " + Figures.count(start.written()) + " written, "
                        + Figures.count(start.deadLetters(), "dead letter");
        return shown(start.started()) + took + "  run " + start.run() + "  by " + start.by() + "  " + start.outcome()
                + counts;
    }

    private static Instant shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
