package dev.backfill.report;

import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Finding.Weight;
import dev.backfill.inspection.Expectation;
import dev.backfill.inspection.Glance;
import dev.backfill.inspection.Outlook;
import dev.backfill.inspection.PhaseOutlook;
import dev.backfill.inspection.Start;
import dev.backfill.inspection.Subject;
import dev.backfill.words.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Says on one screen what a look before a run has found. */
public record PlanText(Outlook outlook) {
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(outlook.backfill() + ": " + headline());
        weighty(lines, Weight.PROBLEM, "PROBLEM");
        weighty(lines, Weight.WARNING, "WARNING");
        start(lines);
        outlook.phases().forEach(phase -> phase(lines, phase));
        outlook.subjects().forEach(subject -> facts(lines, subject));
        if (!outlook.clear()) {
            lines.add(Figures.count(outlook.count(Weight.PROBLEM), "problem") + " in the way, told at the top");
        }
        return String.join("\n  ", lines);
    }

    private String headline() {
        long problems = outlook.count(Weight.PROBLEM);
        long warnings = outlook.count(Weight.WARNING);
        return (problems == 0 ? "nothing stands in the way" : Figures.count(problems, "problem") + " in the way")
                + (warnings == 0 ? "" : ", " + Figures.count(warnings, "warning")) + "; nothing was changed";
    }

    private void start(List<String> lines) {
        Start start = outlook.start();
        start.owner().ifPresent(owner -> lines.add("owner: " + owner.told()));
        if (start.run().isEmpty()) {
            lines.add("a start begins a new run");
            return;
        }
        RunState run = start.run().get();
        String begun = "run " + run.id() + " of " + run.started();
        lines.add(
                run.status() == RunStatus.DONE
                        ? (again() ? "a start looks once more for new rows: " : "a start finds nothing to do: ") + begun
                                + " is done"
                        : "a start goes on with " + begun);
        if (run.status() != RunStatus.DONE) {
            run.phases().forEach(phase -> Resuming.text(phase).ifPresent(text -> lines.add("  " + text)));
            start.differences().forEach(difference -> lines.add("  changed since: " + difference));
        }
    }

    private boolean again() {
        return outlook.phases().stream().anyMatch(PhaseOutlook::again);
    }

    private static void phase(List<String> lines, PhaseOutlook phase) {
        if (phase.status() == WorkStatus.DONE) {
            lines.add(phase.name() + ": done" + newRows(phase));
            return;
        }
        String left = phase.left().isPresent()
                ? Quantity.about(phase.left().getAsLong(), "record") + " to read of "
                : "an unknown number of records to read of ";
        lines.add(phase.name() + ": " + left + phase.source() + ", " + Figures.count(phase.size()) + " together"
                + (phase.splits().size() > 1
                        ? ", in " + Figures.count(phase.splits().size(), "split")
                        : ""));
        phase.expectation().ifPresent(expected -> lines.add("  " + time(expected)));
        phase.glance().ifPresent(glance -> glance(lines, glance));
    }

    private static String newRows(PhaseOutlook phase) {
        if (!phase.again()) {
            return "";
        }
        return phase.left().isPresent()
                ? "; " + Figures.count(phase.left().getAsLong(), "record") + " left to be done"
                : "; an unknown number of records left to be done";
    }

    private static String time(Expectation expected) {
        List<String> parts = new ArrayList<>();
        expected.work()
                .ifPresent(work ->
                        parts.add(Figures.time(work) + " of work, at the pace of this look, which does not write"));
        if (!expected.paused().isZero()) {
            parts.add(Figures.time(expected.paused()) + " of pauses");
        }
        if (!expected.rated().isZero()) {
            parts.add("at least " + Figures.time(expected.rated()) + " by its rate");
        }
        return "about " + Figures.time(expected.total()) + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private static void glance(List<String> lines, Glance glance) {
        if (glance.looked() == 0) {
            return;
        }
        String looked = "of " + Figures.count(glance.looked(), "record") + " looked at";
        lines.add("  " + looked + ":"
                + (glance.excluded() > 0 ? " " + Figures.count(glance.excluded()) + " left out;" : "") + " "
                + String.join("; ", glance.sinks().stream().map(PlanText::sink).toList()));
        glance.refusals().forEach(refusal -> lines.add("    would be a dead letter: " + refusal));
        glance.changes().forEach(change -> lines.add("    would change " + ChangeSample.line(change)));
    }

    private static String sink(Glance.SinkGlance sink) {
        return sink.sink() + ": " + Figures.count(sink.written()) + " to write"
                + part(sink.unchanged(), "unchanged") + part(sink.missing(), "missing")
                + part(sink.rejected(), "refused");
    }

    private static String part(long number, String what) {
        return number == 0 ? "" : ", " + Figures.count(number) + " " + what;
    }

    private void weighty(List<String> lines, Weight weight, String word) {
        for (Subject subject : outlook.subjects()) {
            subject.texts(weight).forEach(text -> lines.add(word + " " + about(subject, text)));
        }
    }

    /** A sentence that names its subject itself needs no second name before it. */
    private static String about(Subject subject, String text) {
        String name = subject.title().split(" ", 2)[0];
        return text.contains(name) ? text : subject.title() + ": " + text;
    }

    private static void facts(List<String> lines, Subject subject) {
        List<String> facts = subject.texts(Weight.FACT);
        if (!facts.isEmpty()) {
            lines.add(subject.title() + ": " + String.join("; ", facts));
        }
    }

    public String json() {
        return PlanJson.of(outlook);
    }
}
