package dev.backfill.report;

import dev.backfill.connector.Diagnostic.Severity;
import dev.backfill.inspection.Outlook;
import dev.backfill.inspection.Subject;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Style;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.plan.DeadLetterLimit;
import java.util.List;

/**
 * Shows what a look before a run has found: problems first, then the work, a sample of it, what a run adds, and what it
 * uses.
 *
 * @param limit how many records may be rejected
 */
public record PlanText(Outlook outlook, DeadLetterLimit limit) {
    /**
     * @param verbose true for long facts and whole values, too
     */
    public String text(Screen screen, boolean verbose) {
        Page page = new Page(screen);
        page.line(0, screen.styled(outlook.clear() ? Style.HEADING : Style.PROBLEM, headline()));
        found(page, Severity.PROBLEM, "Problems", Style.PROBLEM, "✗");
        found(page, Severity.WARNING, "Warnings", Style.WARNING, "!");
        new PlanWork(outlook, page, verbose).add();
        outlook.phases().forEach(phase -> new PlanSample(phase, page, !outlook.clear() && !verbose, verbose).add());
        additions(page);
        used(page, verbose);
        if (!outlook.clear()) {
            page.line(0, "").line(0, problems() + " found (see the top of this report)");
        }
        return page.text();
    }

    private String headline() {
        long warnings = outlook.count(Severity.WARNING);
        String warned = warnings == 0 ? "" : ", " + Figures.count(warnings, "warning");
        return outlook.backfill() + ": " + (outlook.clear() ? "ready to run" : problems() + " found") + warned
                + "; nothing was changed";
    }

    private String problems() {
        return Figures.count(outlook.count(Severity.PROBLEM), "problem");
    }

    private void found(Page page, Severity severity, String title, Style style, String mark) {
        if (outlook.count(severity) > 0) {
            page.heading(title);
        }
        for (Subject subject : outlook.subjects()) {
            subject.texts(severity).forEach(text -> page.item(2, style, mark, about(subject, text)));
        }
    }

    /** A sentence that names its subject itself needs no second name before it. */
    private static String about(Subject subject, String text) {
        String[] name = subject.title().split(" (in|on) ", 2)[0].split(" ");
        return text.contains(name[name.length - 1]) ? text : subject.title() + ": " + text;
    }

    private void additions(Page page) {
        page.heading("A run adds");
        for (Subject subject : outlook.subjects()) {
            subject.texts(Severity.ADDITION).forEach(what -> page.item(2, Style.GOOD, "+", about(subject, what)));
        }
        page.item(2, Style.GOOD, "+", "dead letters, for records that are rejected; " + limit.text() + " end the run");
    }

    private void used(Page page, boolean verbose) {
        Table table = Table.of(Column.left(""), Column.left(""));
        for (Subject subject : outlook.subjects()) {
            String title = subject.title();
            for (String text : facts(subject, verbose)) {
                table.row(title, text);
                title = "";
            }
        }
        if (!table.isEmpty()) {
            page.heading("Servers and tables").table(2, table);
        }
    }

    /** In the short form they share a line. */
    private static List<String> facts(Subject subject, boolean verbose) {
        List<String> facts = subject.texts(Severity.INFO);
        if (verbose) {
            return subject.texts(List.of(Severity.INFO, Severity.DETAIL));
        }
        return facts.isEmpty() ? facts : List.of(String.join("; ", facts));
    }

    public String json() {
        return PlanJson.of(outlook);
    }
}
