package dev.backfill.file;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.ForeignCheckpointException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Dead letters, a line of JSON each; of two for the same record the later line counts. */
record LetterFile(DurableFile file) {
    void add(List<DeadLetter> letters) {
        file.append(lines(letters));
    }

    void remove(List<DeadLetter> gone) {
        Set<List<String>> identities = gone.stream().map(DeadLetter::identity).collect(Collectors.toSet());
        file.write(lines(read().stream()
                .filter(letter -> !identities.contains(letter.identity()))
                .toList()));
    }

    private static String lines(List<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> "\n" + CheckpointJson.write(letter))
                .collect(Collectors.joining());
    }

    Collection<DeadLetter> read() {
        Map<List<String>, DeadLetter> letters = new LinkedHashMap<>();
        file.read().orElse("").lines().forEach(line -> {
            letter(line)
                    .ifPresent(letter -> letters.merge(letter.identity(), letter, (before, now) -> now.since(before)));
        });
        return letters.values();
    }

    /** A line cut short belongs to a batch whose checkpoint was never saved: it is written again on a line of its own. */
    private static Optional<DeadLetter> letter(String line) {
        try {
            return line.isEmpty() ? Optional.empty() : Optional.of(CheckpointJson.read(line, DeadLetter.class));
        } catch (ForeignCheckpointException cutShort) {
            return Optional.empty();
        }
    }

    void clear() {
        file.delete();
    }
}
