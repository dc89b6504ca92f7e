package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.plan.Backfill;
import dev.backfill.run.RunResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tells at the end of a run what it did, and how to go on. */
public final class Summary {
    private final PrintWriter out;
    private final boolean json;
    private final String command;
    private final UnaryOperator<String> other;

    /**
     * @param command what a person types to continue the run
     * @param other what a person types for another command, by its name
     */
    public Summary(PrintWriter out, boolean json, String command, UnaryOperator<String> other) {
        this.out = out;
        this.json = json;
        this.command = command;
        this.other = other;
    }

    public void done(Backfill plan, RunResult result, DoneText text, RunReport report, Refused refused) {
        tell(plan, result.state(), text.headline(result, report), report, refused);
    }

    /** Tells of a run that ended before its work did. */
    public void ended(Backfill plan, String headline, RunReport report, Refused refused) {
        report.last()
                .ifPresentOrElse(state -> tell(plan, state, headline, report, refused), () -> tell(plan, headline));
    }

    /** Of a run that did not come to begin. */
    private void tell(Backfill plan, String headline) {
        out.println(
                json
                        ? CheckpointJson.write(Map.of("backfill", plan.name(), "message", headline, "command", command))
                        : plan.name() + ": " + headline);
    }

    /** Tells of a dry run what it would have changed. */
    public void dry(ChangeSample changes, List<DeadLetter> letters) {
        if (!json) {
            RefusedSample.lines(letters).forEach(line -> out.println("    " + line));
            out.println("  dry run: nothing was written; 'written' is what would have been");
            changes.lines().forEach(line -> out.println("    would change " + line));
        }
    }

    /**
     * @param held true if somebody has cancelled or paused it, so that it is refused until that is lifted
     */
    public void toGoOn(boolean held) {
        if (!json) {
            out.println("go on with: " + (held ? other.apply("resume") + ", then: " : "") + command);
        }
    }

    private void tell(Backfill plan, RunState state, String headline, RunReport report, Refused refused) {
        if (json) {
            out.println(CheckpointJson.write(object(state, headline, report, refused)));
            return;
        }
        out.println(plan.name() + ": " + headline);
        for (int i = 0; i < state.phases().size(); i++) {
            phase(plan, i, state.phases().get(i), refused);
        }
        if (!report.shares().isEmpty()) {
            out.println("  time: " + Shares.text(report.shares()));
        }
        if (refused.total() > 0) {
            String status = other.apply("status");
            out.println(
                    status.isEmpty()
                            ? "  would be dead letters: " + Figures.count(refused.total())
                            : "  dead letters: " + Figures.count(refused.total()) + "; see them with: " + status
                                    + " --dead-letters");
        }
    }

    private void phase(Backfill plan, int index, PhaseState phase, Refused refused) {
        if (phase.splits().isEmpty()) {
            return;
        }
        List<String> titles = plan.phases().get(index).sinks().stream()
                .map(step -> step.sink().title())
                .toList();
        out.println("  " + phase.name() + ": " + Figures.count(phase.read()) + " read in "
                + Figures.count(phase.batches(), "batch") + part(phase.excluded(), "left out")
                + refused.bySteps(phase, titles));
        for (int i = 0; i < phase.sinks().size(); i++) {
            out.println("    " + titles.get(i) + ": " + sink(phase.sinks().get(i)) + refused.bySink(phase, titles, i));
        }
        Suppressed.of(plan, phase).forEach(line -> out.println("    " + line));
        if (!phase.counts().isEmpty()) {
            StringBuilder counts = new StringBuilder();
            phase.counts()
                    .forEach((name, number) -> counts.append(counts.isEmpty() ? "" : ", ")
                            .append(name)
                            .append(' ')
                            .append(Figures.count(number)));
            out.println("    counted: " + counts);
        }
    }

    private static String sink(SinkCounts sink) {
        return Figures.count(sink.written()) + " written" + Suppressed.altered(sink)
                + part(sink.unchanged(), "unchanged") + part(sink.missing(), "missing") + Suppressed.skipped(sink);
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
        object.put("command", command);
        return object;
    }
}
