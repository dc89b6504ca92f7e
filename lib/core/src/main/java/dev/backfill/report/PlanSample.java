package dev.backfill.report;

import dev.backfill.inspection.Glance;
import dev.backfill.inspection.PhaseOutlook;
import dev.backfill.layout.Page;
import dev.backfill.layout.Style;
import dev.backfill.run.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows what became of the first records of a phase that were taken through it without a write.
 *
 * @param brief true for one record of each target, as problems come first
 * @param verbose true for whole values
 */
record PlanSample(PhaseOutlook phase, Page page, boolean brief, boolean verbose) {
    void add() {
        phase.glance().filter(glance -> glance.looked() > 0).ifPresent(this::add);
    }

    private void add(Glance glance) {
        String excluded = glance.excluded() > 0 ? ", " + Figures.count(glance.excluded()) + " left out" : "";
        page.heading("Sample of " + phase.name() + ": " + Figures.count(glance.looked(), "record") + excluded);
        Map<String, List<Change>> changes = glance.changes().stream().collect(Collectors.groupingBy(Change::sink));
        for (Glance.SinkGlance sink : glance.sinks()) {
            page.line(2, sink.sink() + ": " + counts(sink));
            List<Change> shown =
                    Optional.ofNullable(changes.remove(sink.sink())).orElse(List.of());
            page.table(4, ChangeTable.of(brief ? shown.subList(0, Math.min(1, shown.size())) : shown, verbose));
        }
        glance.refusals().forEach(refusal -> page.item(2, Style.WARNING, "!", "would be a dead letter: " + refusal));
    }

    private static String counts(Glance.SinkGlance sink) {
        return Figures.count(sink.written()) + " to write" + part(sink.unchanged(), "unchanged")
                + part(sink.missing(), "missing") + part(sink.rejected(), "rejected");
    }

    private static String part(long number, String what) {
        return number == 0 ? "" : ", " + Figures.count(number) + " " + what;
    }
}
