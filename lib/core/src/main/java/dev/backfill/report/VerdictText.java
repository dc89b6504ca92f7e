package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.layout.DisplayText;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Style;
import dev.backfill.layout.Table;
import dev.backfill.layout.Table.Column;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Check;
import dev.backfill.validation.Repair;
import dev.backfill.validation.Suspect;
import dev.backfill.validation.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says what a validation found.
 *
 * @param atLeast the share of the records of each phase that must agree
 * @param failed the script's own checks that do not hold, and counts that differ, with the reasons
 * @param counting true if the script asks how many records there are on both sides
 * @param shown what the script shows
 * @param accepted why it is right that some records cannot be compared; nothing: it is not
 */
public record VerdictText(
        String backfill,
        List<Verdict> verdicts,
        Map<String, List<String>> failed,
        int checks,
        double atLeast,
        int sampleSize,
        long seed,
        boolean counting,
        Map<String, List<String>> shown,
        Optional<String> accepted) {
    /** Runs the script's own checks, too. */
    public static VerdictText of(
            Backfill plan, List<Verdict> verdicts, double atLeast, int sampleSize, RandomGenerator random) {
        Map<String, List<String>> failed = new LinkedHashMap<>();
        for (Check check : plan.validation().checks()) {
            List<String> reasons = reasons(check.test().test());
            if (!reasons.isEmpty()) {
                failed.put(check.name(), reasons);
            }
        }
        boolean counting = plan.validation().counts();
        if (counting) {
            failed.putAll(Tallies.differences(verdicts));
        }
        failed.putAll(Tallies.unequalSums(verdicts));
        int sums = verdicts.stream().mapToInt(verdict -> verdict.sums().size()).sum();
        return new VerdictText(
                plan.name(),
                verdicts,
                failed,
                plan.validation().checks().size() + (counting ? verdicts.size() : 0) + sums,
                atLeast,
                sampleSize,
                random.nextLong(),
                counting,
                Shown.of(plan),
                plan.validation().uncompared());
    }

    /** What a repair did. */
    public static String of(Repair.Repaired repaired) {
        String left = repaired.left() == 0
                ? ""
                : "; " + records(repaired.left())
                        + " left as before: the source's conditions exclude them, so that nothing proves that the run"
                        + " wrote them; correct them by hand";
        return "repaired: " + records(repaired.written()) + " written again" + left;
    }

    private static String records(long number) {
        return Figures.count(number) + (number == 1 ? " record" : " records");
    }

    /** True if enough agrees, and every check of the script holds. */
    public boolean holds() {
        return failed.isEmpty()
                && verdicts.stream().allMatch(verdict -> verdict.share(accepted.isPresent()) >= atLeast);
    }

    public String text(Screen screen) {
        Page page = new Page(screen);
        page.line(
                0,
                screen.styled(holds() ? Style.GOOD : Style.PROBLEM, backfill + (holds() ? ": valid" : ": NOT valid")));
        page.table(2, compared());
        verdicts.forEach(verdict -> details(page, verdict));
        if (counting) {
            page.line(0, "").table(2, Tallies.table(verdicts)).line(0, "");
        }
        shown.forEach((title, lines) -> {
            page.line(2, title + ":");
            lines.forEach(line -> page.line(4, line));
        });
        failed.forEach((name, reasons) ->
                page.item(2, Style.PROBLEM, "✗", "check '" + name + "' fails: " + String.join("; ", reasons)));
        if (checks > failed.size()) {
            page.line(2, (checks - failed.size()) + " of " + checks + " checks of the script passed");
        }
        return page.text();
    }

    /** Columns that would be of zeros alone are left out, but for the differences. */
    private Table compared() {
        boolean later = verdicts.stream().anyMatch(verdict -> verdict.settled() > 0);
        boolean changing = verdicts.stream().anyMatch(verdict -> verdict.changing() > 0);
        Table table = Table.of(
                Column.left("phase"),
                Column.right("compared"),
                Column.right("different"),
                Column.right(later ? "agreed later" : ""),
                Column.right(changing ? "kept changing" : ""));
        verdicts.forEach(verdict -> table.row(
                verdict.phase(),
                Figures.count(verdict.compared()),
                Figures.count(verdict.wrong().size()),
                later ? Figures.count(verdict.settled()) : "",
                changing ? Figures.count(verdict.changing()) : ""));
        return table;
    }

    private void details(Page page, Verdict verdict) {
        Page details = new Page(page.screen());
        verdict.ambiguous().forEach(phrase -> details.line(4, phrase));
        verdict.suppressed()
                .forEach((reason, number) ->
                        details.line(4, "suppressed, accepted: " + records(number) + " of " + reason));
        verdict.uncompared()
                .forEach((reason, number) -> details.line(
                        4,
                        "not compared: " + (number == 0 ? "records" : records(number)) + ": " + reason
                                + accepted.map(why -> "; accepted: " + why).orElse("")));
        verdict.ranges().stream()
                .filter(range -> range.differing() > 0)
                .forEach(range -> details.line(
                        4,
                        range.from() + " to " + range.to() + ": " + Figures.count(range.differing()) + " of "
                                + Figures.count(range.compared()) + " did not agree at the first look"));
        sample(verdict)
                .forEach(suspect -> details.item(
                        4,
                        Style.WARNING,
                        suspect.key() + ":",
                        DisplayText.printable(String.join("; ", suspect.reasons()))));
        if (!details.isEmpty()) {
            page.line(0, "").line(2, verdict.phase()).add(details);
        }
    }

    private List<Suspect> sample(Verdict verdict) {
        List<Suspect> drawn = new ArrayList<>(verdict.wrong());
        Collections.shuffle(drawn, new Random(seed));
        return drawn.subList(0, Math.min(sampleSize, drawn.size()));
    }

    public String json() {
        List<Map<String, Object>> phases = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Map<String, Object> phase = new LinkedHashMap<>();
            phase.put("phase", verdict.phase());
            phase.put("compared", verdict.compared());
            phase.put("wrong", verdict.wrong().size());
            phase.put("uncompared", verdict.uncompared());
            phase.put("suppressed", verdict.suppressed());
            phase.put("settled", verdict.settled());
            phase.put("changing", verdict.changing());
            phase.put("share", verdict.share(accepted.isPresent()));
            phase.put("ranges", verdict.ranges());
            phase.put("tally", verdict.tally());
            phase.put(
                    "sample",
                    sample(verdict).stream()
                            .map(suspect -> Map.of("key", suspect.key(), "reasons", suspect.reasons()))
                            .toList());
            phases.add(phase);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("backfill", backfill);
        object.put("valid", holds());
        object.put("atLeast", atLeast);
        object.put("phases", phases);
        object.put("failedChecks", failed);
        object.put("shown", shown);
        return CheckpointJson.write(object);
    }

    private static List<String> reasons(@Nullable Object result) {
        if (result == null || Boolean.TRUE.equals(result)) {
            return List.of();
        }
        return result instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(Boolean.FALSE.equals(result) ? "it is not so" : String.valueOf(result));
    }
}
