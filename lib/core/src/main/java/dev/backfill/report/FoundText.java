package dev.backfill.report;

import dev.backfill.checkpoint.PhaseState;
import dev.backfill.run.Extent;
import dev.backfill.run.RunResult;
import java.util.List;

/**
 * Says of a part of a backfill what was asked for and is not there.
 *
 * @param asked the options that chose the part
 */
public record FoundText(Extent extent, String asked) {
    public List<String> lines(RunResult result) {
        List<PhaseState> phases = result.state().phases().stream()
                .filter(phase -> !phase.splits().isEmpty())
                .toList();
        if (!extent.partial()) {
            return List.of();
        } else if (result.state().read() == 0) {
            return List.of("no record was found of what was asked for: " + asked
                    + "; the database compares keys, in the order in which it sorts them");
        }
        long keys = extent.keys().map(List::size).orElse(0);
        return phases.stream()
                .filter(phase -> phase.read() < keys)
                .map(phase ->
                        phase.name() + ": " + Figures.count(keys - phase.read()) + " of " + Figures.count(keys, "key")
                                + (keys - phase.read() == 1 ? " was" : " were") + " not found in the source")
                .toList();
    }
}
