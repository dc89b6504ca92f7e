package dev.backfill.plan;

import java.util.List;

/**
 * What a script says of its validation, beside what the runtime compares of itself.
 *
 * @param checks the script's own, in its order
 * @param atLeast the share of the compared records that must agree, from 0 to 1
 * @param counts true if each target must hold as many records as were to go there
 * @param sums what the target of a phase must hold in sum
 * @param shows what a person should see
 */
public record Validation(List<Check> checks, double atLeast, boolean counts, List<Sums> sums, List<Show> shows) {
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
        return new Validation(List.of(), 1, false, List.of(), List.of());
    }
}
