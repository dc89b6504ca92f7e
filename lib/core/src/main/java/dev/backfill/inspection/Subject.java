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
        return texts(List.of(weight));
    }

    /** The texts of those that weigh one of these. */
    public List<String> texts(List<Finding.Weight> weights) {
        return findings.stream()
                .filter(finding -> weights.contains(finding.weight()))
                .map(Finding::text)
                .toList();
    }
}
