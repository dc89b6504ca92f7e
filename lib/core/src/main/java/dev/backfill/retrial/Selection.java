package dev.backfill.retrial;

import dev.backfill.checkpoint.DeadLetter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which dead letters are tried again.
 *
 * @param limit at most so many letters
 * @param fromPayload true to take every record as its letter contains it, and read none from the source
 * @param acceptChanges true to continue although the sources or sinks are others than those of the run
 */
public record Selection(
        Optional<String> phase,
        Optional<Set<String>> keys,
        OptionalLong limit,
        boolean fromPayload,
        boolean acceptChanges) {
    public Selection(Optional<String> phase, Optional<Set<String>> keys, OptionalLong limit, boolean fromPayload) {
        this(phase, keys, limit, fromPayload, false);
    }

    /** What is left of it when so many have been tried. */
    public Selection after(long tried) {
        OptionalLong left = limit.isPresent() ? OptionalLong.of(limit.getAsLong() - tried) : limit;
        return new Selection(phase, keys, left, fromPayload, acceptChanges);
    }

    boolean includes(DeadLetter letter) {
        return phase.map(letter.phase()::equals).orElse(true)
                && keys.map(some -> some.contains(letter.key())).orElse(true);
    }
}
