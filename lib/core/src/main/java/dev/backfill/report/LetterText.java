package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.letter.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reports the records that could not be written: how many for which reasons, and each of them. */
public record LetterText(CheckpointStore store) {
    private static final int PAGE = 1_000;
    private static final int FEW = 3;

    /** How many there are for which reasons, and the first few. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (LetterCount count : store.letterCounts()) {
            lines.add("    " + Figures.count(count.letters()) + " in " + count.phase() + ", "
                    + count.kind().title() + ", refused by " + count.sink());
        }
        if (!lines.isEmpty()) {
            lines.add("    the first:");
            store.deadLetters(FEW).forEach(letter -> lines.add("      " + line(letter)));
        }
        return lines;
    }

    /** Prints each of them, oldest first. */
    public void each(boolean json, Consumer<String> line) {
        each(store::deadLetters, letter -> line.accept(json ? CheckpointJson.write(letter) : line(letter)));
    }

    /** Prints each dead letter of former runs, oldest first, with its run. */
    public void eachFormer(boolean json, Consumer<String> line) {
        each(
                store::formerDeadLetters,
                letter -> line.accept(
                        json ? CheckpointJson.write(letter) : "former run " + letter.run() + ": " + line(letter)));
    }

    private static void each(BiFunction<Long, Integer, List<DeadLetter>> pages, Consumer<DeadLetter> each) {
        long seen = 0;
        List<DeadLetter> page = pages.apply(seen, PAGE);
        while (!page.isEmpty()) {
            page.forEach(each);
            seen += page.size();
            page = pages.apply(seen, PAGE);
        }
    }

    private static String line(DeadLetter letter) {
        return letter.phase() + " " + letter.key() + " " + letter.sink() + ": " + letter.error()
                + (letter.attempts() > 1 ? " (tried " + letter.attempts() + " times)" : "");
    }

    /**
     * @param left how many dead letters there are now
     */
    public String text(Tally tally, long left) {
        return Figures.count(tally.tried()) + " tried again, " + Figures.count(tally.written())
                + (tally.written() == 1 ? " is done" : " are done")
                + part(tally.refused(), "was refused again", "were refused again")
                + part(tally.gone(), "is gone from the source", "are gone from the source")
                + part(tally.allSkipped(), "was skipped", "were skipped")
                + part(tally.unread() - tally.allSkipped(), "could not be read again", "could not be read again") + "; "
                + (left == 0
                        ? "no dead letters are left"
                        : Figures.count(left, "dead letter") + (left == 1 ? " is left" : " are left"))
                + tally.reasons().stream().map(reason -> "\n  " + reason).collect(Collectors.joining());
    }

    public Map<String, Object> object(Tally tally, long left) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tried", tally.tried());
        object.put("done", tally.written());
        object.put("refused", tally.refused());
        object.put("gone", tally.gone());
        object.put("unread", tally.unread());
        if (!tally.skipped().isEmpty()) {
            object.put("skipped", tally.reasons());
        }
        object.put("left", left);
        return object;
    }

    private static String part(long number, String ofOne, String ofMany) {
        return number == 0 ? "" : ", " + Figures.count(number) + " " + (number == 1 ? ofOne : ofMany);
    }
}
