package dev.backfill.inspection;

import dev.backfill.connector.Diagnostic;
import java.util.List;

/**
 * What was found of one thing.
 *
 * @param title as messages call it: "public.products in PostgreSQL"
 */
public record Subject(String title, List<Diagnostic> findings) {
    public Subject {
        findings = List.copyOf(findings);
    }

    /** The texts of those that weigh so much. */
    public List<String> texts(Diagnostic.Severity severity) {
        return texts(List.of(severity));
    }

    /** The texts of those that weigh one of these. */
    public List<String> texts(List<Diagnostic.Severity> severities) {
        return findings.stream()
                .filter(finding -> severities.contains(finding.severity()))
                .map(Diagnostic::text)
                .toList();
    }
}
