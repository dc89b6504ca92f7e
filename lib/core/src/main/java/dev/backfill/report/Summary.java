package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Style;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.SinkStep;
import dev.backfill.run.RunResult;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reports at the end of a run what it did, and how to resume it. */
public final class Summary {
    private final PrintWriter out;
    private final Optional<Screen> screen;
    private final boolean verbose;
    private final String command;
    private final UnaryOperator<String> other;

    /**
     * @param screen how it is shown; nothing: as JSON
     * @param verbose true for whole values
     * @param command what a person types to continue the run
     * @param other what a person types for another command, by its name
     */
    public Summary(
            PrintWriter out, Optional<Screen> screen, boolean verbose, String command, UnaryOperator<String> other) {
        this.out = out;
        this.screen = screen;
        this.verbose = verbose;
        this.command = command;
        this.other = other;
    }

    public void done(Backfill plan, RunResult result, DoneText text, RunReport report, Refused refused) {
        print(plan, result.state(), text.headline(result, report, this::time), report, refused);
    }

    /** In JSON in UTC. */
    private String time(Instant at) {
        return screen.map(shown -> shown.time(at)).orElse(at.truncatedTo(ChronoUnit.SECONDS) + "");
    }

    /** Reports a run that ended before its work did. */
    public void ended(Backfill plan, String headline, RunReport report, Refused refused) {
        report.last()
                .ifPresentOrElse(state -> print(plan, state, headline, report, refused), () -> print(plan, headline));
    }

    /** Of a run that did not come to begin. */
    private void print(Backfill plan, String headline) {
        out.println(screen.map(shown -> headed(shown, plan, headline).text())
                .orElseGet(() -> CheckpointJson.write(
                        Map.of("backfill", plan.name(), "message", headline, "command", command))));
    }

    private static Page headed(Screen screen, Backfill plan, String headline) {
        return new Page(screen).heading(plan.name() + ": " + headline);
    }

    /** Shows what a dry run would have changed. */
    public void dry(ChangeSample changes, List<DeadLetter> letters) {
        screen.ifPresent(shown -> {
            Page page = new Page(shown);
            RefusedSample.lines(letters).forEach(line -> page.item(2, Style.WARNING, "!", line));
            page.line(2, "dry run: nothing was written; 'written' is what would have been");
            changes.bySink()
                    .forEach((sink, each) -> page.line(0, "")
                            .line(2, "would change in " + sink + ", for example:")
                            .table(4, ChangeTable.of(each, verbose)));
            out.println(page.text());
        });
    }

    /**
     * Shows the command that resumes the run, on a line of its own, so that it can be copied.
     *
     * @param held true if someone has cancelled or paused it, so that it is refused until that is lifted
     */
    public void toResume(boolean held) {
        if (screen.isPresent()) {
            out.println("resume with: " + (held ? other.apply("resume") + "\nthen:        " : "") + command);
        }
    }

    private void print(Backfill plan, RunState state, String headline, RunReport report, Refused refused) {
        if (screen.isEmpty()) {
            out.println(CheckpointJson.write(object(state, headline, report, refused)));
            return;
        }
        Page page = headed(screen.get(), plan, headline);
        for (int i = 0; i < state.phases().size(); i++) {
            phase(page, plan, i, state.phases().get(i), refused);
        }
        report.skipped().forEach((name, why) -> page.item(2, Style.WARNING, "!", name + " was skipped: " + why));
        if (!report.shares().isEmpty()) {
            page.line(2, "time: " + Shares.text(report.shares()));
        }
        out.println(page.text());
        if (refused.total() > 0) {
            String status = other.apply("status");
            out.println(
                    status.isEmpty()
                            ? "  would be dead letters: " + Figures.count(refused.total())
                            : "  dead letters: " + Figures.count(refused.total()) + "; see them with: " + status
                                    + " --dead-letters");
        }
    }

    private static void phase(Page page, Backfill plan, int index, PhaseState phase, Refused refused) {
        if (phase.splits().isEmpty()) {
            return;
        }
        List<String> titles = plan.phases().get(index).sinks().stream()
                .map(step -> step.sink().title())
                .toList();
        page.line(
                2,
                phase.name() + ": " + Figures.count(phase.read()) + " read in "
                        + Figures.count(phase.batches(), "batch") + part(phase.excluded(), "left out")
                        + refused.bySteps(phase, titles));
        page.table(4, sinks(plan.phases().get(index).sinks(), phase, titles, refused));
        Suppressed.of(plan, phase).forEach(line -> page.item(4, Style.WARNING, "!", line));
        if (!phase.counts().isEmpty()) {
            page.line(
                    4,
                    "counted: "
                            + phase.counts().entrySet().stream()
                                    .map(count -> count.getKey() + " " + Figures.count(count.getValue()))
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** A row for each target; what is not the same for all of them stands behind the counts. */
    private static Table sinks(List<SinkStep> steps, PhaseState phase, List<String> titles, Refused refused) {
        Table table = Table.of(Column.left(""), Column.right(""), Column.right(""), Column.right(""), Column.left(""));
        for (int i = 0; i < phase.sinks().size(); i++) {
            SinkCounts sink = phase.sinks().get(i);
            String more = Suppressed.altered(sink) + Suppressed.skipped(sink) + refused.bySink(phase, titles, i);
            table.row(
                    name(steps.get(i), titles),
                    Figures.count(sink.written()) + " written",
                    cell(sink.unchanged(), "unchanged"),
                    cell(sink.missing(), "missing"),
                    more.replaceFirst("^, ", ""));
        }
        return table;
    }

    /** Two sinks with the same target are told apart by what they are counted as. */
    private static String name(SinkStep step, List<String> titles) {
        String title = step.sink().title();
        boolean alone = titles.indexOf(title) == titles.lastIndexOf(title);
        return title
                + (alone ? "" : step.countAs().map(name -> " (" + name + ")").orElse(""));
    }

    private static String cell(long number, String what) {
        return number == 0 ? "" : Figures.count(number) + " " + what;
    }

    private static String part(long number, String what) {
        return number == 0 ? "" : ", " + Figures.count(number) + " " + what;
    }

    private Map<String, Object> object(RunState state, String headline, RunReport report, Refused refused) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("backfill", state.backfill());
        object.put("run", state.id());
        object.put("status", state.status());
        object.put("message", headline);
        object.put("seconds", report.elapsed().toMillis() / 1_000.0);
        object.put("shares", report.shares());
        object.put("deadLetters", refused.total());
        object.put("deadLetterCounts", refused.letters().orElse(List.of()));
        object.put("phases", state.phases());
        object.put("skipped", report.skipped());
        object.put("command", command);
        return object;
    }
}
