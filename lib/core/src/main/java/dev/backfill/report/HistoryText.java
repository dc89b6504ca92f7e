package dev.backfill.report;

import dev.backfill.control.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the starts of a backfill, newest last. */
public record HistoryText(List<RunRecord> starts) {
    public String text() {
        return starts.isEmpty()
                ? "no start is remembered"
                : starts.stream().map(HistoryText::line).collect(Collectors.joining("\n"));
    }

    private static String line(RunRecord start) {
        String took = start.ended()
                .map(end -> " for " + Figures.time(Duration.between(start.started(), end)))
                .orElse("");
        String counts = start.ended().isEmpty()
                ? ""
                : "; " + Figures.count(start.read()) + " read, " + Figures.count(start.written()) + " written, "
                        + Figures.count(start.deadLetters()) + " dead letters";
        return shown(start.started()) + took + "  run " + start.run() + "  by " + start.by() + "  " + start.outcome()
                + counts;
    }

    private static Instant shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
