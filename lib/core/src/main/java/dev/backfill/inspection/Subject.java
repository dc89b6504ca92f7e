package dev.backfill.inspection;

import dev.backfill.connector.Finding;
import java.util.List;

/**
 * What was found of one thing.
 *
 * @param title as messages call it: "public.products in PostgreSQL"
 */
public record Subject(String title, List<Finding> findings) {
    public Subject {
        findings = List.copyOf(findings);
    }

    /** The texts of those that weigh so much. */
    public List<String> texts(Finding.Weight weight) {
        return findings.stream()
                .filter(finding -> finding.weight() == weight)
                .map(Finding::text)
                .toList();
    }
}
