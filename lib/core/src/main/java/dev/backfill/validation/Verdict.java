package dev.backfill.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a validation found in one phase.
 *
 * @param compared records that were compared
 * @param uncompared how many records could not be, by the reason
 * @param suppressed how many differ as the target's own rules decided and the script accepts, by the sink and the reason
 * @param ambiguous phrases about accepting sinks of which more records differ than the run has met: then all count as wrong
 * @param ranges the phase in ranges, in the source's order
 * @param wrong records that did not agree in three looks while the source stayed as it was, and are no dead letters
 * @param settled records that did not agree at first, and did later: someone was writing
 * @param changing records whose source changed between the looks each time
 * @param tally the counts of both sides
 * @param sums by the title of each of the script's sums, in what they differ; nothing: they are equal
 */
public record Verdict(
        String phase,
        long compared,
        Map<String, Long> uncompared,
        Map<String, Long> suppressed,
        List<String> ambiguous,
        List<Range> ranges,
        List<Suspect> wrong,
        long settled,
        long changing,
        Tally tally,
        Map<String, List<String>> sums) {
    /**
     * A part of a phase.
     *
     * @param from the first key
     * @param to the last key
     * @param missing records that a sink has nothing for
     */
    public record Range(String from, String to, long compared, long missing, long differing) {}

    /** The same with what the script's sums differ in. */
    Verdict with(Map<String, List<String>> differences) {
        return new Verdict(
                phase,
                compared,
                uncompared,
                suppressed,
                ambiguous,
                ranges,
                wrong,
                settled,
                changing,
                tally,
                differences);
    }

    /**
     * The same, where records of which only this sink differs are no longer wrong, unless there are more than the run has met.
     *
     * @param reason why the script accepts that
     * @param met how many the run has counted that are not there as sent
     */
    Verdict accepting(String sink, String reason, long met) {
        List<Suspect> accepted = wrong.stream()
                .filter(suspect -> suspect.reasons().stream().allMatch(each -> each.startsWith(sink + ": ")))
                .toList();
        if (accepted.isEmpty() || met == 0) {
            return this;
        }
        boolean known = accepted.size() <= met;
        Map<String, Long> more = new LinkedHashMap<>(suppressed);
        List<String> unknown = new ArrayList<>(ambiguous);
        List<Suspect> left = new ArrayList<>(wrong);
        if (known) {
            more.put(sink + ": " + reason, (long) accepted.size());
            left.removeAll(accepted);
        } else {
            unknown.add("of them " + met + " at most may be suppressed by " + sink
                    + ", which the script accepts; look at each, for the run does not know which");
        }
        return new Verdict(phase, compared, uncompared, more, unknown, ranges, left, settled, changing, tally, sums);
    }

    /**
     * The share of the records that agree, from 0 to 1. One that could not be compared does not.
     *
     * @param accepted true if the script accepts that records cannot be compared: then only the others count
     */
    public double share(boolean accepted) {
        long left = accepted
                ? 0
                : uncompared.values().stream().mapToLong(Long::longValue).sum();
        long all = compared + left;
        if (all == 0) {
            return accepted || uncompared.isEmpty() ? 1 : 0;
        }
        return Math.max(0, 1 - (double) (wrong.size() + left) / all);
    }
}
