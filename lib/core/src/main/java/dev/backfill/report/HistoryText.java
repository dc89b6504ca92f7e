package dev.backfill.report;

import dev.backfill.checkpoint.Owner;
import dev.backfill.control.RunRecord;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    public String text(Screen screen) {
        if (starts.isEmpty()) {
            return "no attempts are recorded";
        }
        Table table = Table.of(Column.fixed("started"), Column.right("took"), Column.left("attempt"));
        attempts().forEach(attempt -> table.row(screen.time(attempt.started()), took(attempt), text(attempt)));
        return new Page(screen).heading("Attempts").table(2, table).text();
    }

    private static String took(RunRecord attempt) {
        return attempt.ended()
                .map(end -> Figures.time(Duration.between(attempt.started(), end)))
                .orElse("");
    }

    private static String text(RunRecord attempt) {
        String counts = attempt.ended().isEmpty()
                ? ""
                : Figures.count(attempt.read()) + " read, " + Figures.count(attempt.written()) + " written, "
                        + Figures.count(attempt.deadLetters(), "dead letter") + "; ";
        return attempt.outcome() + "\n" + counts + "run " + attempt.run() + "\nby " + attempt.by();
    }
}
