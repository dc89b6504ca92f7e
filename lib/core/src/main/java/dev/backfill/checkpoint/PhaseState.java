package dev.backfill.checkpoint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far one phase is: read + extra - excluded - rejected = what each sink was given or skipped. A source that cannot be
 * resumed is walked again from its start after a restart: then all begins at 0 again but the batches and the script's counts.
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

    /** From the start of these splits; the batches and the script's counts continue. */
    public PhaseState begun(List<SplitState> planned) {
        PhaseState fresh = pending(name, sinks.size());
        return new PhaseState(name, WorkStatus.RUNNING, batches, 0, 0, 0, 0, planned, fresh.sinks(), counts);
    }

    /** The same, with more to look for than there was when it was done. */
    public PhaseState reopened() {
        return new PhaseState(
                name, WorkStatus.RUNNING, batches, read, excluded, extra, rejected, splits, sinks, counts);
    }

    /** The same with other splits. */
    public PhaseState withSplits(List<SplitState> changed) {
        return new PhaseState(name, status, batches, read, excluded, extra, rejected, changed, sinks, counts);
    }

    /** The same with another status. */
    public PhaseState with(WorkStatus changed) {
        return new PhaseState(
                name, status.to(changed), batches, read, excluded, extra, rejected, splits, sinks, counts);
    }

    /** How many records the phase will read in all, if its source could say. */
    public OptionalLong expected() {
        long sum = 0;
        for (SplitState split : splits) {
            if (split.split().rows().isEmpty()) {
                return OptionalLong.empty();
            }
            sum += split.split().rows().getAsLong();
        }
        return OptionalLong.of(Math.max(sum, read));
    }

    /** Records that there were for the sinks. */
    public long produced() {
        return read + extra - excluded - rejected;
    }

    /** Records of this phase that became dead letters. */
    public long deadLetters() {
        return rejected + sinks.stream().mapToLong(SinkCounts::rejected).sum();
    }

    /** True if every record is accounted for in every sink. */
    public boolean adds() {
        return sinks.stream().allMatch(sink -> sink.adds(produced()));
    }
}
