package dev.backfill.report;

import dev.backfill.checkpoint.DeadLetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why a dry run would reject records: the most frequent reasons, each with the first record that has it. */
final class RefusedSample {
    private static final int MOST = 5;

    private RefusedSample() {}

    static List<String> lines(List<DeadLetter> letters) {
        Map<String, List<DeadLetter>> byReason = letters.stream()
                .collect(Collectors.groupingBy(
                        letter -> letter.phase() + ": " + letter.sink() + ": " + letter.error(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byReason.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getValue().size(), one.getValue().size()))
                .limit(MOST)
                .map(each -> Figures.count(each.getValue().size()) + " would be rejected, the first "
                        + each.getValue().get(0).key() + ": " + each.getKey())
                .toList();
    }
}
