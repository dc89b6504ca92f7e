package dev.backfill.report;

import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.inspection.Expectation;
import dev.backfill.inspection.Outlook;
import dev.backfill.inspection.PhaseOutlook;
import dev.backfill.inspection.Start;
import dev.backfill.layout.Page;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.words.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Shows the work of a run, phase by phase, and how long it will take.
 *
 * @param verbose true to say what the time is made of
 */
record PlanWork(Outlook outlook, Page page, boolean verbose) {
    void add() {
        Start start = outlook.start();
        page.heading("Work: " + start.run().map(this::known).orElse("a new run begins"));
        start.owner().ifPresent(owner -> page.line(2, "owner: " + owner.text(page.screen()::time)));
        start.run().filter(run -> run.status() != RunStatus.DONE).ifPresent(run -> position(run, start));
        if (!outlook.phases().isEmpty()) {
            page.table(2, phases());
        } else if (!outlook.clear()) {
            page.line(2, "its phases can be shown when the problems above are fixed");
        }
        if (verbose) {
            outlook.phases().forEach(phase -> phase.expectation().ifPresent(expected -> time(phase, expected)));
        }
    }

    private String known(RunState run) {
        String begun = "run " + run.id() + ", begun " + page.screen().time(run.started());
        if (run.status() == RunStatus.DONE) {
            return begun + ", is done: " + (again() ? "a new look for more rows" : "nothing to do");
        }
        return "resumes " + begun;
    }

    private void position(RunState run, Start start) {
        run.phases().forEach(phase -> Resuming.text(phase).ifPresent(text -> page.line(2, text)));
        start.differences().forEach(difference -> page.line(2, "changed since: " + difference));
    }

    private boolean again() {
        return outlook.phases().stream().anyMatch(PhaseOutlook::again);
    }

    private Table phases() {
        Table table = Table.of(
                Column.left("phase"),
                Column.right("records left"),
                Column.right("batch size"),
                Column.right("estimate"),
                Column.right("waiting"),
                Column.left("source"));
        outlook.phases().forEach(phase -> row(table, phase));
        List<Expectation> expected = outlook.phases().stream()
                .flatMap(phase -> phase.expectation().stream())
                .toList();
        if (expected.size() > 1) {
            table.row("total", "", "", sum(expected, Expectation::total), sum(expected, Expectation::waiting), "");
        }
        return table;
    }

    private static void row(Table table, PhaseOutlook phase) {
        int splits = phase.splits().size();
        table.row(
                phase.name() + (phase.status() == WorkStatus.DONE ? " (done)" : ""),
                left(phase),
                Figures.count(phase.size()),
                phase.expectation()
                        .map(expected -> Figures.time(expected.total()))
                        .orElse(""),
                phase.expectation()
                        .map(expected -> Figures.time(expected.waiting()))
                        .orElse(""),
                phase.source() + (splits > 1 ? ", in " + Figures.count(splits, "split") : ""));
    }

    private static String sum(List<Expectation> expected, Function<Expectation, Duration> part) {
        return Figures.time(expected.stream().map(part).reduce(Duration.ZERO, Duration::plus));
    }

    private static String left(PhaseOutlook phase) {
        OptionalLong left = phase.left();
        if (phase.status() == WorkStatus.DONE) {
            return phase.again() && left.isEmpty() ? "unknown" : Figures.count(left.orElse(0));
        }
        return left.isEmpty()
                ? "unknown"
                : left.getAsLong() <= 1 ? Figures.count(left.getAsLong()) : Quantity.about(left.getAsLong());
    }

    private void time(PhaseOutlook phase, Expectation expected) {
        List<String> parts = new ArrayList<>();
        expected.work()
                .ifPresent(
                        work -> parts.add(Figures.time(work) + " of work at the speed of this sample, without writes"));
        if (!expected.paused().isZero()) {
            parts.add(Figures.time(expected.paused()) + " of pauses");
        }
        if (!expected.rated().isZero()) {
            parts.add("at least " + Figures.time(expected.rated()) + " by its rate");
        }
        if (!parts.isEmpty()) {
            page.line(2, phase.name() + ": " + String.join(", ", parts));
        }
    }
}
