package dev.backfill.dsl.block;

import dev.backfill.plan.CheckFunction;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.RowsDefinition;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.Show;
import dev.backfill.plan.SinkStep;
import dev.backfill.plan.Sums;
import dev.backfill.validation.TargetSums;
import dev.backfill.words.Nearest;
import java.util.List;
import java.util.Optional;

/** Holds what compareSums states until all phases are known. */
record SumsBuilder(NamedArguments named, String phase, RecordFunction each, RunScope scope) {
    Sums sums(List<Phase> phases) {
        Phase summed = phase(phases);
        return new Sums(phase, by(), each, actual(summed));
    }

    /** What a person sees of the target's sums; nothing where the script makes them itself. */
    Optional<Show> show(List<Phase> phases) {
        return target(phase(phases)).map(target -> new Show("sums of " + phase + " by " + by(), target::rows));
    }

    private CheckFunction actual(Phase summed) {
        return target(summed)
                .<CheckFunction>map(target -> () -> target.rows(scope.resources()))
                .orElseGet(() -> named.look("actual"));
    }

    private Optional<TargetSums> target(Phase summed) {
        if (named.values().containsKey("actual")) {
            return Optional.empty();
        }
        RowsDefinition rows = named.values().get("target") instanceof RowsDefinition given ? given : written(summed);
        return Optional.of(new TargetSums(
                rows,
                by(),
                each,
                named.values().get("label") instanceof LookupDefinition label ? Optional.of(label) : Optional.empty()));
    }

    private RowsDefinition written(Phase summed) {
        return summed.sinks().stream()
                .map(SinkStep::sink)
                .filter(RowsDefinition.class::isInstance)
                .map(RowsDefinition.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "compareSums('" + phase + "') cannot read what its sinks wrote; say target: or actual:"));
    }

    private Phase phase(List<Phase> phases) {
        List<String> names = phases.stream().map(Phase::name).toList();
        return phases.stream()
                .filter(one -> one.name().equals(phase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("compareSums('" + phase + "') is of no phase"
                        + Nearest.hint(phase, names) + "; it can be " + String.join(", ", names)));
    }

    private String by() {
        return named.required("by");
    }
}
