package dev.backfill.sandbox;

import java.util.List;

/** Reports what was found in the servers after a script. */
public record Inspection(List<Diagnostic> findings, List<Told> figures) {
    public Inspection {
        findings = List.copyOf(findings);
        figures = List.copyOf(figures);
    }

    public boolean holds() {
        return findings.stream().allMatch(Diagnostic::holds);
    }

    /**
     * What became of one check.
     *
     * @param offenders how many rows break it
     * @param examples some of them, as JSON
     */
    public record Diagnostic(String sentence, long offenders, List<String> examples) {
        public Diagnostic {
            examples = List.copyOf(examples);
        }

        public boolean holds() {
            return offenders == 0;
        }
    }

    /** A figure and its value. */
    public record Told(String label, String value) {}
}
