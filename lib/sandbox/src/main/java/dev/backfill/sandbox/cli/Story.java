package dev.backfill.sandbox.cli;

import dev.backfill.sandbox.Inspection;
import dev.backfill.sandbox.Inspection.Diagnostic;
import dev.backfill.sandbox.Sandbox;
import dev.backfill.sandbox.plan.Declaration;
import dev.backfill.sandbox.plan.ScriptToRun;
import dev.backfill.sandbox.plan.Size;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a person what a sandbox does and has found. */
final class Story {
    private final PrintWriter out;

    Story(PrintWriter out) {
        this.out = out;
    }

    void starts(Declaration declaration, Size size) {
        tell("Sandbox %s: %s; %,d rows, seed %d", declaration.name(), declaration.about(), size.rows(), size.seed());
    }

    void started(Sandbox sandbox) {
        sandbox.servers().forEach(server -> tell("  %-10s  %s", server.kind(), server.describe()));
    }

    void filled(Map<String, Long> counts) {
        tell(
                "  filled with %s",
                counts.entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", ")));
    }

    void runs(String script) {
        tell("%nRunning %s in it%n", script);
    }

    void runsAgain() {
        tell("%nRunning it once more, from its start%n");
    }

    void failed(int code) {
        tell("%nThe script ended with exit code %d, so nothing was checked.", code);
    }

    void found(Inspection inspection) {
        tell("%nFound");
        inspection.findings().forEach(this::found);
        inspection.figures().forEach(told -> tell("  %9s  %s", told.value(), told.label()));
        long broken = inspection.findings().stream()
                .filter(finding -> !finding.holds())
                .count();
        tell(broken == 0 ? "All checks passed." : "%d of the checks failed.", broken);
    }

    private void found(Diagnostic finding) {
        tell("  %9s  %s", finding.holds() ? "ok" : "BROKEN", finding.sentence());
        if (!finding.holds()) {
            tell("             by %,d rows, for example", finding.offenders());
            finding.examples().forEach(example -> tell("             %s", example));
        }
    }

    void kept(Sandbox sandbox, ScriptToRun script) {
        tell("%nLook inside:");
        sandbox.servers().forEach(server -> tell("  %s", server.lookInside()));
        tell("Run the script, in another terminal:");
        tell(
                "  ./jbang run %s --environment sandbox%s",
                script.path(),
                script.arguments().stream().map(each -> " " + each).collect(Collectors.joining()));
        tell("Ctrl-C stops the servers and removes their data.");
    }

    private void tell(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
        out.flush();
    }
}
