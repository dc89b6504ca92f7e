package dev.backfill.validation;

import java.util.List;

/**
 * What a validation found in one phase.
 *
 * @param compared records that were compared
 * @param ranges the phase in ranges, in the source's order
 * @param wrong records that did not agree in three looks while the source stayed as it was, and are no dead letters
 * @param settled records that did not agree at first, and did later: somebody was writing
 * @param changing records whose source changed between the looks each time
 * @param tally the counts of both sides
 */
public record Verdict(
        String phase,
        long compared,
        List<Range> ranges,
        List<Suspect> wrong,
        long settled,
        long changing,
        Tally tally) {
    /**
     * A part of a phase.
     *
     * @param from the first key
     * @param to the last key
     * @param missing records that a sink has nothing for
     */
    public record Range(String from, String to, long compared, long missing, long differing) {}

    /** The share of the records that agree, from 0 to 1. */
    public double share() {
        return compared == 0 ? 1 : 1 - (double) wrong.size() / compared;
    }
}
