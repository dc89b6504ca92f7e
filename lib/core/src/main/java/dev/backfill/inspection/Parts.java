package dev.backfill.inspection;

import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Lookup;
import dev.backfill.connector.Requirement;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.SinkStep;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens each part of a script by itself, so that all that stands in its way is found at once. */
record Parts(Opened opened, Findings findings, List<Requirement> requirements) {
    void requirement(RequirementDefinition definition) {
        findings.trying(definition.title(), () -> opened.owned(definition.open(opened)))
                .ifPresent(requirement -> missing(definition.title(), requirement));
    }

    private void missing(String title, Requirement requirement) {
        requirements.add(requirement);
        findings.trying(title, requirement::missing)
                .ifPresent(missing -> missing.forEach(each -> findings.add(title, Diagnostic.addition(each))));
    }

    /** The same for a phase. */
    Parts of(Findings phase) {
        return new Parts(opened, phase, requirements);
    }

    /** True if the phase can be worked on. */
    boolean phase(Phase phase) {
        boolean open = look(
                phase.source().title(),
                () -> phase.source().open(opened),
                source -> source.traits().inspectable());
        List<LookupDefinition> lookups =
                phase.steps().stream().flatMap(step -> step.looksUp().stream()).toList();
        for (LookupDefinition lookup : lookups) {
            open &= look(lookup.title(), () -> lookup.open(opened), Lookup::inspectable);
        }
        for (SinkStep step : phase.sinks()) {
            open &= look(
                    step.sink().title(),
                    () -> step.sink().open(opened),
                    sink -> sink.traits().inspectable());
        }
        return open;
    }

    private <T extends AutoCloseable> boolean look(
            String title, Supplier<T> open, Function<T, Optional<Inspectable>> inspectable) {
        Optional<T> thing = findings.trying(title, () -> opened.owned(open.get()));
        thing.flatMap(inspectable).ifPresent(each -> findings.look(title, each));
        return thing.isPresent();
    }
}
