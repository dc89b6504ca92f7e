package dev.backfill.report;

import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.validation.Tally;
import dev.backfill.validation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how many records there are in sources and in targets. */
final class Tallies {
    private Tallies() {}

    /** A row for each target. */
    static Table table(List<Verdict> verdicts) {
        Table table = Table.of(
                Column.left("phase"),
                Column.right("in the source"),
                Column.right("dead letters"),
                Column.right("in the target"),
                Column.left("target"));
        for (Verdict verdict : verdicts) {
            Tally tally = verdict.tally();
            tally.targets()
                    .forEach((title, rows) -> table.row(
                            verdict.phase(),
                            Figures.count(tally.source()),
                            Figures.count(tally.deadLetters()),
                            Figures.count(rows),
                            title));
        }
        return table;
    }

    /** What does not agree, by the phase. */
    static Map<String, List<String>> differences(List<Verdict> verdicts) {
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            List<String> reasons = reasons(verdict.tally());
            if (!reasons.isEmpty()) {
                differences.put("counts of " + verdict.phase(), reasons);
            }
        }
        return differences;
    }

    /** Sums that differ, by their title. */
    static Map<String, List<String>> unequalSums(List<Verdict> verdicts) {
        Map<String, List<String>> unequal = new LinkedHashMap<>();
        verdicts.forEach(verdict -> unequal.putAll(verdict.sums()));
        unequal.values().removeIf(List::isEmpty);
        return unequal;
    }

    private static List<String> reasons(Tally tally) {
        List<String> reasons = new ArrayList<>();
        tally.targets().forEach((title, rows) -> {
            long off = rows - tally.expected();
            if (off != 0) {
                reasons.add(title + " should contain " + Figures.count(tally.expected(), "record") + " and contains "
                        + Figures.count(rows) + ": " + Figures.count(Math.abs(off))
                        + (off > 0 ? " more, from elsewhere" : " missing"));
            }
        });
        return reasons;
    }
}
