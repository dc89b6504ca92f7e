package dev.backfill.inspection;

import dev.backfill.connector.Diagnostic;
import java.util.List;

/** All that a look before a run has found. */
public record Outlook(String backfill, Start start, List<PhaseOutlook> phases, List<Subject> subjects) {
    public Outlook {
        phases = List.copyOf(phases);
        subjects = List.copyOf(subjects);
    }

    /** False if a run could not succeed. */
    public boolean clear() {
        return count(Diagnostic.Severity.PROBLEM) == 0;
    }

    public long count(Diagnostic.Severity severity) {
        return subjects.stream()
                .mapToLong(subject -> subject.texts(severity).size())
                .sum();
    }
}
