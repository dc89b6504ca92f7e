package dev.backfill.dsl.block;

import dev.backfill.plan.LookupDefinition;
import dev.backfill.plan.NewRows;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RecordFunction;
import dev.backfill.plan.RecordStep;
import dev.backfill.plan.SinkDefinition;
import dev.backfill.plan.SinkStep;
import dev.backfill.plan.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects one phase of a script. */
final class PhaseBuilder extends Pace implements PhaseBlock {
    private final List<RecordStep> steps = new ArrayList<>();
    private final List<SinkStep> sinks = new ArrayList<>();
    private Optional<SourceDefinition> source = Optional.empty();
    private Optional<String> cursor = Optional.empty();
    private boolean wanted = true;
    private boolean repeatUntilStable;
    private Optional<NewRows> newRows = Optional.empty();

    /** The phase that a block states, with the fingerprint of its text. */
    static Phase phase(String name, Consumer<PhaseBlock> body) {
        PhaseBuilder builder = new PhaseBuilder();
        body.accept(builder);
        Phase built = builder.build(name);
        return (Object) body instanceof Block block ? built.withFingerprint(block.fingerprint()) : built;
    }

    Phase build(String name) {
        SourceDefinition from =
                source.orElseThrow(() -> new IllegalArgumentException("the phase '" + name + "' has no source"));
        return new Phase(
                name, "", wanted, from, cursor, batchSize(), limits(), steps, repeatUntilStable, newRows, sinks);
    }

    @Override
    public void newRows(Map<String, Object> named) {
        NamedArguments arguments = new NamedArguments(named);
        Optional<NewRows> handled = arguments.text("handledBy").map(NewRows.HandledBy::new);
        Optional<NewRows> catchUp = arguments.text("catchUp").map(NewRows.CatchUp::new);
        if (handled.isPresent() == catchUp.isPresent()) {
            throw new IllegalArgumentException("newRows takes either handledBy: or catchUp:");
        }
        newRows = handled.or(() -> catchUp);
    }

    @Override
    public void when(Boolean condition) {
        wanted = condition;
    }

    @Override
    public void source(SourceDefinition from) {
        source = Optional.of(from);
    }

    @Override
    public void source(Map<String, Object> named, SourceDefinition from) {
        source(from);
        cursor = new NamedArguments(named).text("cursor");
    }

    @Override
    public void exclude(Map<String, Object> named, LookupDefinition known) {
        NamedArguments arguments = new NamedArguments(named);
        if (!named.containsKey("when") || arguments.truth("when")) {
            steps.add(new RecordStep.Exclude(known, arguments.required("on")));
        }
    }

    @Override
    public void exclude(RecordFunction unwanted) {
        steps.add(new RecordStep.ExcludeWhere(unwanted));
    }

    @Override
    public void lookup(Map<String, Object> named, String name, LookupDefinition table) {
        NamedArguments arguments = new NamedArguments(named);
        steps.add(new RecordStep.Join(name, table, arguments.required("on"), arguments.text("orReject")));
    }

    @Override
    public void count(String name, RecordFunction number) {
        steps.add(new RecordStep.Count(name, number));
    }

    @Override
    public void logEach(RecordFunction text) {
        steps.add(new RecordStep.LogEach(text));
    }

    @Override
    public void reject(RecordFunction reason) {
        steps.add(new RecordStep.Reject(reason));
    }

    @Override
    public void transform(RecordFunction function) {
        steps.add(new RecordStep.Transform(function));
    }

    @Override
    public void repeatUntilStable() {
        repeatUntilStable = true;
    }

    @Override
    public void sink(SinkDefinition to) {
        sink(Map.of(), to);
    }

    @Override
    public void sink(Map<String, Object> named, SinkDefinition to) {
        NamedArguments arguments = new NamedArguments(named);
        sinks.add(new SinkStep(
                to, arguments.function("only"), arguments.text("countAs"), arguments.text("countMissingAs")));
    }
}
