package dev.backfill.report;

import dev.backfill.validation.Tally;
import dev.backfill.validation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how many records there are in sources and in targets. */
final class Tallies {
    private Tallies() {}

    /** A line for each target. */
    static List<String> lines(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Tally tally = verdict.tally();
            String known = tally.deadLetters() == 0 ? "" : ", " + Figures.count(tally.deadLetters(), "dead letter");
            tally.targets()
                    .forEach((title, rows) -> lines.add(verdict.phase() + ": " + Figures.count(tally.source())
                            + " in the source" + known + ", " + Figures.count(rows) + " in " + title));
        }
        return lines;
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

    /** What is not held as it should be, by the title of the sums. */
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
                reasons.add(title + " should contain " + Figures.count(tally.expected()) + " and contains "
                        + Figures.count(Math.abs(off)) + (off > 0 ? " more, which came from elsewhere" : " less"));
            }
        });
        return reasons;
    }
}
