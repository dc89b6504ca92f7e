package dev.backfill.engine.opening;

import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.plan.NewRows;
import dev.backfill.run.RunOptions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Decides whether a run that is done looks once more for new rows: those that its script catches up with may have been
 * committed after its end.
 */
public record SecondLook(Scheme scheme, RunOptions options) {
    /** True if any phase of a done run looks again. */
    public boolean wanted() {
        return IntStream.range(0, scheme.plan().phases().size()).anyMatch(this::wanted);
    }

    private boolean wanted(int index) {
        return !options.extent().partial()
                && scheme.wanted(index)
                && scheme.plan().phases().get(index).newRows().stream().anyMatch(NewRows.CatchUp.class::isInstance);
    }

    /** A run that was done gets phases that are to be worked on again; a finished file is not written to any more. */
    public RunState reopened(RunState run, Map<Integer, OpenPhase> phases) {
        RunState reopened = run;
        for (Map.Entry<Integer, OpenPhase> each : phases.entrySet()) {
            int i = each.getKey();
            boolean grows = each.getValue().sinks().stream()
                    .anyMatch(sink -> sink.traits().appendOnly().isPresent());
            if (wanted(i) && !grows && run.phases().get(i).status() == WorkStatus.DONE) {
                reopened = reopened.with(i, run.phases().get(i).reopened());
            }
        }
        return reopened;
    }

    /**
     * How many records were found.
     *
     * @param before the run as it was done before; nothing if it was not
     */
    public static OptionalLong found(Optional<RunState> before, RunState after) {
        return before.isPresent() ? OptionalLong.of(after.read() - before.get().read()) : OptionalLong.empty();
    }
}
