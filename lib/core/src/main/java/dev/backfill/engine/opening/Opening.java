package dev.backfill.engine.opening;

import dev.backfill.connector.Conditional;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.FilterableSource;
import dev.backfill.connector.KeyedSource;
import dev.backfill.connector.Requirement;
import dev.backfill.connector.Scope;
import dev.backfill.connector.Sink;
import dev.backfill.connector.Source;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.flow.OpenSink;
import dev.backfill.flow.OpenStep;
import dev.backfill.flow.PreviewSink;
import dev.backfill.flow.RecordSteps;
import dev.backfill.plan.NewRows;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordStep;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.SinkStep;
import dev.backfill.retry.Retry;
import dev.backfill.run.ChangeListener;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens what phases read and write: whole, or the part that was asked for; for writing, or for looking only. */
public final class Opening {
    private final OpenResources resources;
    private final RunOptions options;
    private final Retry retry;
    private final ChangeListener changes;

    public Opening(OpenResources resources, RunOptions options, Retry retry, ChangeListener changes) {
        this.resources = resources;
        this.options = options;
        this.retry = retry;
        this.changes = changes;
    }

    /** What must be there, with what of it is missing; nothing is added yet. */
    public record Needed(RequirementDefinition definition, Requirement requirement, List<String> missing) {
        /** True if nothing else can be opened before it is there. */
        boolean first() {
            return requirement.first();
        }
    }

    public List<Needed> needed(List<RequirementDefinition> definitions) {
        List<Needed> needed = new ArrayList<>();
        for (RequirementDefinition definition : definitions) {
            Requirement requirement = resources.owned(opened(definition.title(), () -> definition.open(resources)));
            needed.add(new Needed(
                    definition, requirement, retry.run("looking for " + definition.title(), requirement::missing)));
        }
        return needed;
    }

    public OpenPhase phase(Phase phase) {
        Source source = source(phase);
        List<OpenSink> sinks =
                phase.sinks().stream().map(step -> sink(step, place(phase))).toList();
        return new OpenPhase(phase, source, left(phase, source), steps(phase), sinks);
    }

    /** The phase for a comparison with what a run left: without the condition for rows that are still to be done. */
    public OpenPhase compared(Phase phase) {
        List<String> left = OwnEffect.left(phase);
        List<OpenSink> sinks = phase.sinks().stream()
                .map(step -> {
                    String title = step.sink().title();
                    return new OpenSink(
                            step,
                            PreviewSink.comparing(
                                    without(
                                            left,
                                            opened(step),
                                            sink -> sink.traits().conditional()),
                                    title,
                                    changes),
                            place(phase));
                })
                .toList();
        return new OpenPhase(
                phase,
                without(left, source(phase), source -> source.traits().conditional()),
                Optional.empty(),
                steps(phase),
                sinks);
    }

    private static <T> T without(List<String> conditions, T whole, Function<T, Optional<Conditional<T>>> conditional) {
        T seen = whole;
        for (String condition : conditions) {
            Optional<Conditional<T>> narrow = conditional.apply(seen);
            seen = narrow.isPresent() ? narrow.get().without(condition) : seen;
        }
        return seen;
    }

    private RecordSteps steps(Phase phase) {
        List<OpenStep> steps = phase.steps().stream()
                .map(step -> new OpenStep(
                        step,
                        step.looksUp()
                                .map(lookup -> resources.owned(opened(lookup.title(), () -> lookup.open(resources))))))
                .toList();
        return new RecordSteps(steps, retry);
    }

    /** A part is what was asked for, and nothing that came later. */
    private Optional<Source> left(Phase phase, Source source) {
        Optional<NewRows.CatchUp> catchUp = phase.newRows()
                .filter(NewRows.CatchUp.class::isInstance)
                .map(NewRows.CatchUp.class::cast)
                .filter(each -> !options.extent().partial());
        return catchUp.map(each -> {
            FilterableSource filterable = source.traits()
                    .filterable()
                    .orElseThrow(
                            () -> new FatalFailure("of " + phase.source().title() + ", which phase '" + phase.name()
                                    + "' reads, no part can be read: say newRows handledBy: '…' instead of catchUp:"));
            return narrowed(
                    filterable,
                    new Scope(Optional.empty(), Optional.empty(), Optional.of(each.left())),
                    "correct newRows catchUp: of phase '" + phase.name() + "'");
        });
    }

    /** Where the phase makes its records: its last transform. */
    private static Optional<String> place(Phase phase) {
        return phase.steps().stream()
                .filter(RecordStep.Transform.class::isInstance)
                .map(step -> ((RecordStep.Transform) step).function().place())
                .reduce((first, last) -> last)
                .flatMap(last -> last);
    }

    private OpenSink sink(SinkStep step, Optional<String> place) {
        Sink sink = opened(step);
        return new OpenSink(
                step, options.dryRun() ? new PreviewSink(sink, step.sink().title(), changes) : sink, place);
    }

    private Sink opened(SinkStep step) {
        return resources.owned(opened(step.sink().title(), () -> step.sink().open(resources)));
    }

    private Source source(Phase phase) {
        Source whole = resources.owned(
                opened(phase.source().title(), () -> phase.source().open(resources)));
        Extent extent = options.extent();
        if (!extent.partial()
                || extent.phase().filter(name -> !phase.called(name)).isPresent()) {
            return whole;
        }
        Optional<Source> part = extent.keys().isPresent()
                ? whole.traits()
                        .keyed()
                        .map(keyed -> listed(keyed, extent.keys().get()))
                : whole.traits()
                        .filterable()
                        .map(filterable -> narrowed(
                                filterable,
                                extent.scope(),
                                "correct " + extent.scope().options()));
        return part.orElseThrow(
                () -> new UnfitScopeException("of " + phase.source().title() + ", which phase '" + phase.name()
                        + "' reads, no part can be read by keys, range or condition; say which phase is meant,"
                        + " as in --phase NAME"));
    }

    private Source listed(KeyedSource whole, List<String> keys) {
        return opened("the keys", () -> {
            whole.check(keys);
            return new KeyListSource(whole, keys);
        });
    }

    private Source narrowed(FilterableSource whole, Scope scope, String next) {
        try {
            return opened("a part", () -> whole.filter(scope));
        } catch (UnfitScopeException unfit) {
            throw unfit.with(next);
        }
    }

    private <T> T opened(String title, Supplier<T> open) {
        return retry.run("opening " + title, open);
    }
}
