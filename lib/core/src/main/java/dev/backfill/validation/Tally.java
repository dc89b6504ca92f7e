package dev.backfill.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many records there are on both sides of a phase.
 *
 * @param source records in the source, those included that cannot be read
 * @param deadLetters of them are known as dead letters
 * @param expected in each target: every record but the dead letters, as the steps make of them
 * @param targets what each target holds that can say, by its title
 */
public record Tally(long source, long deadLetters, long expected, Map<String, Long> targets) {
    public Tally {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    /** True if no target holds more or less than it should. */
    public boolean holds() {
        return targets.values().stream().allMatch(rows -> rows == expected);
    }
}
