package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.Stored;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Requirement;
import dev.backfill.plan.Action;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import dev.backfill.plan.RequirementDefinition;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.retry.Retry;
import dev.backfill.throttle.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs a backfill from where it is to its end, or until it is stopped. */
public final class Runner {
    private final Backfill plan;
    private final RunOptions options;
    private final Conditions conditions;
    private final Processes processes;
    private final Retry retry;

    public Runner(Backfill plan, RunOptions options, Conditions conditions, Processes processes) {
        this.plan = plan;
        this.options = options;
        this.conditions = conditions;
        this.processes = processes;
        this.retry = new Retry(conditions.retries(), conditions.waiter(), conditions.random(), conditions.listener());
    }

    /**
     * @param resources where everything is opened; the caller closes it
     * @param store the checkpoint's
     * @throws dev.backfill.time.StoppedException when the run was told to stop; the checkpoint is saved
     * @throws OwnedException if another process works on it
     */
    public RunResult run(OpenResources resources, CheckpointStore store) {
        Stored stored = retry.run("reading the checkpoint", store::read);
        Optional<RunState> known = stored.checkpoint().map(checkpoint -> matching(checkpoint.run()));
        if (known.isPresent() && finished(known.get())) {
            return new RunResult(known.get(), false, store.countDeadLetters());
        }
        Lease lease = new Ownership(plan.name(), store, conditions, processes).take(options.waitForOwner());
        try (HeartBeats beats = HeartBeats.start(new Heart(store, lease, conditions.waiter()))) {
            return work(resources, store, lease, beats.heart());
        }
    }

    private RunResult work(OpenResources resources, CheckpointStore store, Lease lease, Heart heart) {
        Stored stored = retry.run("reading the checkpoint", store::read);
        Optional<RunState> known = stored.checkpoint().map(checkpoint -> matching(checkpoint.run()));
        RunState state = known.orElseGet(this::fresh).with(RunStatus.RUNNING);
        Lease current = new Lease(lease.owner(), lease.epoch(), stored.version());
        Keeper keeper = new Keeper(plan, store, current, heart, retry, state);
        try {
            plan.scope().begin(resources, state.started());
            List<OpenPhase> phases = prepare(resources, known.isEmpty());
            keeper.save(unchanged -> unchanged);
            conditions.listener().started(keeper.state(), known.isPresent());
            for (int i = 0; i < phases.size(); i++) {
                phase(i, phases.get(i), keeper, heart);
            }
            keeper.save(done -> done.with(RunStatus.DONE));
            return new RunResult(keeper.state(), true, store.countDeadLetters());
        } finally {
            Ending.leave(keeper, store, conditions.stop().given().isPresent());
        }
    }

    private void phase(int index, OpenPhase open, Keeper keeper, Heart heart) {
        PhaseState state = keeper.state().phases().get(index);
        if (!open.plan().wanted() || state.status() == WorkStatus.DONE) {
            return;
        }
        List<ThrottleRule> rules = new ArrayList<>(plan.throttle());
        rules.addAll(open.plan().throttle());
        SinkChain chain = new SinkChain(open.sinks(), keeper, !open.plan().recheck(), heart, retry);
        int size = options.batch().orElse(open.plan().batch().orElse(plan.batch()));
        new PhaseWork(index, open, keeper, chain, Limits.of(rules, conditions.time()), size, retry, conditions).run();
    }

    /** Looks at everything before anything is changed; only then adds what is missing and lets the script begin. */
    private List<OpenPhase> prepare(OpenResources resources, boolean first) {
        List<Requirement> requirements = new ArrayList<>();
        List<List<String>> missing = new ArrayList<>();
        for (RequirementDefinition definition : plan.requirements()) {
            Requirement requirement = resources.owned(definition.open(resources));
            requirements.add(requirement);
            missing.add(retry.run("looking for " + definition.title(), requirement::missing));
        }
        List<OpenPhase> phases =
                plan.phases().stream().map(phase -> open(phase, resources)).toList();
        for (int i = 0; i < requirements.size(); i++) {
            provide(
                    requirements.get(i),
                    missing.get(i),
                    plan.requirements().get(i).title());
        }
        if (first) {
            plan.before().ifPresent(Action::run);
        }
        return phases;
    }

    private void provide(Requirement requirement, List<String> missing, String title) {
        if (missing.isEmpty()) {
            return;
        }
        retry.run("adding " + title, () -> {
            requirement.provide();
            return true;
        });
        missing.forEach(conditions.listener()::provided);
    }

    private OpenPhase open(Phase phase, OpenResources resources) {
        List<OpenStep> steps = phase.steps().stream()
                .map(step -> new OpenStep(
                        step,
                        step.looksUp()
                                .map(lookup -> resources.owned(opened(lookup.title(), () -> lookup.open(resources))))))
                .toList();
        List<OpenSink> sinks = phase.sinks().stream()
                .map(step -> new OpenSink(
                        step,
                        resources.owned(
                                opened(step.sink().title(), () -> step.sink().open(resources)))))
                .toList();
        var source = resources.owned(
                opened(phase.source().title(), () -> phase.source().open(resources)));
        return new OpenPhase(phase, source, new RecordSteps(steps, retry), sinks);
    }

    private <T> T opened(String title, Supplier<T> open) {
        return retry.run("opening " + title, open);
    }

    private boolean finished(RunState state) {
        for (int i = 0; i < plan.phases().size(); i++) {
            if (plan.phases().get(i).wanted() && state.phases().get(i).status() != WorkStatus.DONE) {
                return false;
            }
        }
        return true;
    }

    private RunState matching(RunState state) {
        List<String> planned = plan.phases().stream().map(Phase::name).toList();
        List<String> stored = state.phases().stream().map(PhaseState::name).toList();
        if (!planned.equals(stored)) {
            throw new FatalFailure("the checkpoint was made by a script with the phases " + String.join(", ", stored)
                    + ", but this one has " + String.join(", ", planned)
                    + "; go on with that script, or begin anew after 'checkpoint reset'");
        }
        return state;
    }

    private RunState fresh() {
        List<PhaseState> phases = plan.phases().stream()
                .map(phase -> PhaseState.pending(phase.name(), phase.sinks().size()))
                .toList();
        return new RunState(
                RunId.make(conditions.time().now(), conditions.random()),
                plan.name(),
                conditions.time().now(),
                RunStatus.RUNNING,
                phases);
    }
}
