package dev.backfill.report;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.SinkCounts;
import dev.backfill.connector.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reports how many records were refused, and how many of these are dead letters still. What was refused is counted once, by the
 * pass that met it, and a record that is met again and again is refused each time; what was fixed since is known by the list
 * alone.
 *
 * @param letters those that there are now; nothing if the list cannot be read
 */
public record Refused(Optional<List<LetterCount>> letters) {
    /** As the list is now. */
    public static Refused now(CheckpointStore store) {
        try {
            return new Refused(Optional.of(store.letterCounts()));
        } catch (Failure unreadable) {
            return new Refused(Optional.empty());
        }
    }

    /** How many dead letters there are now, as far as that is known. */
    long total() {
        return letters.stream()
                .flatMap(List::stream)
                .mapToLong(LetterCount::letters)
                .sum();
    }

    /** In a phase, by its steps and by all its sinks. */
    String inPhase(PhaseState phase) {
        return text(phase.deadLetters(), waiting(phase, where -> true));
    }

    /**
     * By the steps of a phase before its sinks.
     *
     * @param sinks the titles of its sinks
     */
    String bySteps(PhaseState phase, List<String> sinks) {
        return text(phase.rejected(), waiting(phase, where -> !sinks.contains(where)));
    }

    /** By one sink of a phase. Letters know sinks by their titles: of two with the same the first has its own first. */
    String bySink(PhaseState phase, List<String> sinks, int index) {
        String title = sinks.get(index);
        Optional<Long> left = waiting(phase, title::equals).map(all -> all - earlier(phase, sinks, index));
        long refused = phase.sinks().get(index).rejected();
        boolean last = sinks.lastIndexOf(title) == index;
        return text(refused, left.map(most -> Math.max(0, last ? most : Math.min(most, refused))));
    }

    private static long earlier(PhaseState phase, List<String> sinks, int index) {
        long sum = 0;
        for (int i = 0; i < index; i++) {
            SinkCounts counts = phase.sinks().get(i);
            sum += sinks.get(i).equals(sinks.get(index)) ? counts.rejected() : 0;
        }
        return sum;
    }

    private Optional<Long> waiting(PhaseState phase, Predicate<String> where) {
        return letters.map(all -> all.stream()
                .filter(count -> count.phase().equals(phase.name()) && where.test(count.sink()))
                .mapToLong(LetterCount::letters)
                .sum());
    }

    private static String text(long refused, Optional<Long> known) {
        long waiting = known.orElse(refused);
        if (waiting >= refused) {
            return waiting == 0 ? "" : ", " + Figures.count(waiting, "dead letter");
        }
        return ", " + Figures.count(refused) + " times refused, "
                + (waiting == 0 ? "no dead letters left" : Figures.count(waiting, "dead letter"));
    }
}
