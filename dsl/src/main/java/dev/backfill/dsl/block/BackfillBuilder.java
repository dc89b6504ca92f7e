package dev.backfill.dsl.block;

import dev.backfill.plan.Action;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.CheckpointLayout;
import dev.backfill.plan.DeadLetterLimit;
import dev.backfill.plan.HookPlan;
import dev.backfill.plan.OptionDefinition;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.RunScope;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.plan.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects a whole backfill from its script. */
public final class BackfillBuilder extends Pace implements BackfillBlock {
    private static final int BATCH = 1000;

    private final List<RequirementDefinition> requirements = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final RunScope scope;
    private String about = "";
    private Optional<StoreDefinition> store = Optional.empty();
    private CheckpointLayout layout = CheckpointLayout.none();
    private Optional<Action> beforeRun = Optional.empty();
    private HookPlan hooks = HookPlan.none();
    private Optional<ValidateBuilder> validation = Optional.empty();
    private DeadLetterLimit deadLetters = DeadLetterLimit.standard();

    /**
     * @param scope what the script's functions may ask
     */
    public BackfillBuilder(RunScope scope) {
        this.scope = scope;
    }

    /** The plan, once the block has been run. */
    public Backfill build(String name, List<OptionDefinition> options) {
        if (phases.isEmpty()) {
            throw new IllegalArgumentException(
                    "backfill '" + name + "' has no phase; write: phase('…') { source …; sink … }");
        }
        int batch = batchSize().orElse(BATCH);
        return new Backfill(
                name,
                about,
                store,
                layout,
                batch,
                limits(),
                requirements,
                beforeRun,
                phases,
                validation.map(stated -> stated.build(phases)).orElseGet(Validation::standard),
                options,
                scope,
                deadLetters,
                hooks);
    }

    @Override
    public void about(String sentence) {
        about = sentence;
    }

    @Override
    public void checkpoint(StoreDefinition place) {
        store = Optional.of(place);
    }

    @Override
    public void checkpoint(StoreDefinition place, Consumer<CheckpointBlock> fields) {
        checkpoint(place);
        CheckpointBuilder builder = new CheckpointBuilder();
        fields.accept(builder);
        layout = builder.build();
    }

    @Override
    public void ensure(RequirementDefinition requirement) {
        requirements.add(requirement);
    }

    @Override
    public void ensure(Map<String, Object> named, RequirementDefinition requirement) {
        if (new NamedArguments(named).truth("when")) {
            ensure(requirement);
        }
    }

    @Override
    public void beforeRun(Action action) {
        beforeRun = Optional.of(action);
    }

    @Override
    public void phase(String name, Consumer<PhaseBlock> body) {
        PhaseName.check(name);
        add(PhaseBuilder.phase(name, body));
    }

    @Override
    public void step(String name, Consumer<StepBlock> body) {
        PhaseName.check(name);
        StepBuilder builder = new StepBuilder(name, scope);
        body.accept(builder);
        builder.build().forEach(this::add);
    }

    private void add(Phase phase) {
        if (phases.stream().anyMatch(known -> known.name().equals(phase.name()))) {
            throw new IllegalArgumentException("there are two phases called '" + phase.name() + "'");
        }
        phases.add(phase);
    }

    @Override
    public void hooks(Consumer<HooksBlock> called) {
        HooksBuilder builder = new HooksBuilder();
        called.accept(builder);
        hooks = builder.build();
    }

    @Override
    public void validate(Consumer<ValidateBlock> checks) {
        ValidateBuilder builder = new ValidateBuilder(scope);
        checks.accept(builder);
        validation = Optional.of(builder);
    }

    @Override
    public void deadLetters(Map<String, Object> named) {
        NamedArguments given = new NamedArguments(named);
        Optional<Number> atMost = given.number("atMost");
        Optional<Number> share = given.number("share");
        if (atMost.isEmpty() && share.isEmpty()) {
            throw new IllegalArgumentException("deadLetters needs 'atMost:' or 'share:'");
        }
        double most = share.map(Number::doubleValue).orElse(1.0);
        deadLetters = atMost.map(letters -> DeadLetterLimit.of(letters.longValue(), most))
                .orElseGet(() -> DeadLetterLimit.share(most));
    }
}
