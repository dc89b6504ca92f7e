package dev.backfill.checkpoint;

import dev.backfill.connector.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How many records one sink of a phase has refused for one kind of reason. */
public record LetterCount(String phase, String sink, Rejection.Kind kind, long letters) {
    private record Group(String phase, String sink, Rejection.Kind kind) {}

    /** Counts letters, in the order in which each group is met first. */
    public static List<LetterCount> of(Stream<DeadLetter> letters) {
        Map<Group, Long> counts = new LinkedHashMap<>();
        letters.forEach(letter -> counts.merge(
                new Group(letter.phase(), letter.sink(), letter.rejection().kind()), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(each -> new LetterCount(
                        each.getKey().phase(),
                        each.getKey().sink(),
                        each.getKey().kind(),
                        each.getValue()))
                .toList();
    }
}
