package dev.backfill.checkpoint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far one phase is: read + extra = left out + rejected + given to the first sinks.
 *
 * @param read records that the source gave
 * @param excluded records left out by an exclude, or for which the transform gave none
 * @param extra records that the transform made beyond one for each
 * @param rejected records refused before any sink
 * @param sinks one for each sink, in the script's order
 * @param counts the script's own counts by name
 */
public record PhaseState(
        String name,
        WorkStatus status,
        long batches,
        long read,
        long excluded,
        long extra,
        long rejected,
        List<SplitState> splits,
        List<SinkCounts> sinks,
        Map<String, Long> counts) {
    public PhaseState {
        splits = List.copyOf(splits);
        sinks = List.copyOf(sinks);
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    public static PhaseState pending(String name, int sinks) {
        return new PhaseState(
                name,
                WorkStatus.PENDING,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Collections.nCopies(sinks, SinkCounts.none()),
                Map.of());
    }
}
