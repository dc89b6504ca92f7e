package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.connector.Diagnostic;
import dev.backfill.inspection.Glance;
import dev.backfill.inspection.Outlook;
import dev.backfill.inspection.PhaseOutlook;
import dev.backfill.inspection.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says for programs what a look before a run has found. */
final class PlanJson {
    private PlanJson() {}

    static String of(Outlook outlook) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("backfill", outlook.backfill());
        object.put("clear", outlook.clear());
        object.put("run", outlook.start().run().map(run -> (Object) run).orElse(null));
        object.put("owner", outlook.start().owner().map(owner -> (Object) owner).orElse(null));
        object.put("differences", outlook.start().differences());
        object.put("phases", outlook.phases().stream().map(PlanJson::phase).toList());
        object.put(
                "findings",
                outlook.subjects().stream()
                        .flatMap(subject -> subject.findings().stream().map(finding -> finding(subject, finding)))
                        .toList());
        return CheckpointJson.write(object);
    }

    private static Map<String, @Nullable Object> phase(PhaseOutlook phase) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("phase", phase.name());
        object.put("source", phase.source());
        object.put("status", phase.status());
        object.put("left", phase.left().isPresent() ? phase.left().getAsLong() : null);
        object.put("again", phase.again());
        object.put("batch", phase.size());
        object.put("splits", phase.splits());
        object.put(
                "seconds",
                phase.expectation()
                        .map(expected -> expected.total().toMillis() / 1_000.0)
                        .orElse(null));
        object.put("glance", phase.glance().map(PlanJson::glance).orElse(null));
        return object;
    }

    private static Map<String, Object> glance(Glance glance) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("looked", glance.looked());
        object.put("excluded", glance.excluded());
        object.put("sinks", glance.sinks());
        object.put("refusals", glance.refusals());
        object.put(
                "changes",
                glance.changes().stream()
                        .map(change -> List.of(change.sink(), ChangeSample.line(change)))
                        .map(change -> Map.of("sink", change.get(0), "change", change.get(1)))
                        .toList());
        return object;
    }

    private static Map<String, String> finding(Subject subject, Diagnostic finding) {
        return switch (finding.severity()) {
            case PROBLEM, WARNING ->
                finding(subject, finding.severity().toString().toLowerCase(Locale.ROOT), finding.text());
            case ADDITION -> finding(subject, "fact", "a run adds " + finding.text() + " first");
            case INFO, DETAIL -> finding(subject, "fact", finding.text());
        };
    }

    private static Map<String, String> finding(Subject subject, String severity, String text) {
        return Map.of("about", subject.title(), "weight", severity, "text", text);
    }
}
