package dev.backfill.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a script says of its validation, in addition to what the runtime compares of itself.
 *
 * @param checks the script's own, in its order
 * @param atLeast the share of the compared records that must agree, from 0 to 1
 * @param counts true if each target must hold as many records as were to go there
 * @param sums what the target of a phase must hold in sum
 * @param shows what a person should see
 * @param uncompared why it is right that some records cannot be compared; nothing: it is not
 */
public record Validation(
        List<Check> checks,
        double atLeast,
        boolean counts,
        List<Sums> sums,
        List<Show> shows,
        Optional<String> uncompared) {
    public Validation {
        checks = List.copyOf(checks);
        sums = List.copyOf(sums);
        shows = List.copyOf(shows);
        if (atLeast < 0 || atLeast > 1) {
            throw new IllegalArgumentException("atLeast must be from 0 to 1, but is " + atLeast);
        }
    }

    /** All records must agree, and there is nothing else to check. */
    public static Validation standard() {
        return new Validation(List.of(), 1, false, List.of(), List.of(), Optional.empty());
    }
}
