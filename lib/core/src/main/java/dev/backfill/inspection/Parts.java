package dev.backfill.inspection;

import dev.backfill.connector.Finding;
import dev.backfill.connector.Requirement;
import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.SinkStep;
import java.util.List;
import java.util.function.Supplier;

/** Opens each part of a script by itself, so that all that stands in its way is found at once. */
record Parts(Opened opened, Findings findings) {
    void requirement(RequirementDefinition definition) {
        findings.trying(definition.title(), () -> opened.owned(definition.open(opened)))
                .ifPresent(requirement -> missing(definition.title(), requirement));
    }

    private void missing(String title, Requirement requirement) {
        findings.look(title, requirement);
        findings.trying(title, requirement::missing)
                .ifPresent(missing ->
                        missing.forEach(each -> findings.add(title, Finding.fact("a run adds " + each + " first"))));
    }

    /** True if the phase can be worked on. */
    boolean phase(Phase phase) {
        boolean open = look(phase.source().title(), () -> phase.source().open(opened));
        List<LookupDefinition> lookups =
                phase.steps().stream().flatMap(step -> step.looksUp().stream()).toList();
        for (LookupDefinition lookup : lookups) {
            open &= look(lookup.title(), () -> lookup.open(opened));
        }
        for (SinkStep step : phase.sinks()) {
            open &= look(step.sink().title(), () -> step.sink().open(opened));
        }
        return open;
    }

    private <T extends AutoCloseable> boolean look(String title, Supplier<T> open) {
        var thing = findings.trying(title, () -> opened.owned(open.get()));
        thing.ifPresent(each -> findings.look(title, each));
        return thing.isPresent();
    }
}
