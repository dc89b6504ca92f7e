package dev.backfill.dsl.block;

import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.RecordStep;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SinkStep;
import dev.backfill.plan.TotalsFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Collects the phases of one step; its summary is a phase that comes last. */
final class StepBuilder implements StepBlock {
    private static final String SUMMARY = "summary";

    private final String step;
    private final RunScope scope;
    private final List<Phase> phases = new ArrayList<>();
    private Optional<Phase> summary = Optional.empty();

    StepBuilder(String step, RunScope scope) {
        this.step = step;
        this.scope = scope;
    }

    List<Phase> build() {
        List<Phase> all = new ArrayList<>(phases);
        summary.ifPresent(all::add);
        return all;
    }

    @Override
    public void phase(String name, Consumer<PhaseBlock> body) {
        PhaseName.check(name);
        phases.add(PhaseBuilder.phase(step + "." + name, body));
    }

    @Override
    public void summary(SinkDefinition sink) {
        summarize(sink, new StepSummary(step)::standard);
    }

    @Override
    public void summary(SinkDefinition sink, TotalsFunction fields) {
        summarize(sink, new StepSummary(step).with(fields));
    }

    private void summarize(SinkDefinition sink, RecordFunction record) {
        List<RecordStep> steps = List.of(new RecordStep.Transform(record));
        List<SinkStep> sinks = List.of(new SinkStep(sink, Optional.empty(), Optional.empty(), Optional.empty()));
        summary = Optional.of(new Phase(
                step + "." + SUMMARY,
                "",
                true,
                new StepTotals(step, scope),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                steps,
                false,
                Optional.empty(),
                sinks));
    }
}
