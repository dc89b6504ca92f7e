package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.Stored;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.FatalFailure;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Ceiling;
import dev.backfill.ownership.Heart;
import dev.backfill.ownership.HeartBeats;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Action;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.position.Ending;
import dev.backfill.position.Keeper;
import dev.backfill.retry.Retry;
import dev.backfill.run.ChangeListener;
import dev.backfill.run.ChangedException;
import dev.backfill.run.Conditions;
import dev.backfill.run.OpenResources;
import dev.backfill.run.OwnedException;
import dev.backfill.run.PausedException;
import dev.backfill.run.Processes;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import dev.backfill.throttle.Limits;
import dev.backfill.time.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a backfill from where it is to its end, or until it is stopped. */
public final class Runner {
    private final Backfill plan;
    private final RunOptions options;
    private final Conditions conditions;
    private final Processes processes;
    private final ChangeListener changes;
    private final Retry retry;
    private final Scheme scheme;

    public Runner(Backfill plan, RunOptions options, Conditions conditions, Processes processes) {
        this(plan, options, conditions, processes, change -> {});
    }

    /**
     * @param changes hears what a dry run would change
     */
    public Runner(
            Backfill plan, RunOptions options, Conditions conditions, Processes processes, ChangeListener changes) {
        this.plan = plan;
        this.options = options;
        this.conditions = conditions.serial();
        this.processes = processes;
        this.changes = changes;
        this.retry =
                new Retry(conditions.retries(), conditions.waiter(), conditions.random(), this.conditions.listener());
        this.scheme = new Scheme(plan, options.extent());
    }

    /**
     * @param resources where everything is opened; the caller closes it
     * @param store the checkpoint's; for a dry run one that forgets
     * @throws dev.backfill.time.StoppedException when the run was told to stop; the checkpoint is saved
     * @throws PausedException when it has done as much as it was to do; the checkpoint is saved
     * @throws OwnedException if another process works on it
     * @throws ChangedException if the run was begun with another script, or on something else
     */
    public RunResult run(OpenResources resources, CheckpointStore store) {
        Optional<RunState> known = known(store);
        if (known.filter(this::done).isPresent()) {
            return new RunResult(known.get(), false, store.countDeadLetters());
        }
        Lease lease = new Ownership(store, conditions, processes).take(options.waitForOwner());
        try (HeartBeats beats = HeartBeats.start(new Heart(store, lease, conditions.waiter()))) {
            return work(resources, store, lease, beats.heart());
        }
    }

    /** A run that died between its last phase's end and its own is not done: its status is still to be saved. */
    private boolean done(RunState run) {
        return run.status() == RunStatus.DONE && scheme.finished(run);
    }

    /** What an earlier start has saved, unless it is to be forgotten. */
    private Optional<RunState> known(CheckpointStore store) {
        if (options.restart()) {
            return Optional.empty();
        }
        Stored stored = retry.run("reading the checkpoint", store::read);
        return stored.checkpoint().map(checkpoint -> scheme.matching(checkpoint.run()));
    }

    private RunResult work(OpenResources resources, CheckpointStore store, Lease lease, Heart heart) {
        if (options.restart()) {
            store.clear(lease);
        }
        Optional<RunState> known = known(store);
        RunState state = known.orElseGet(() -> scheme.fresh(conditions)).with(RunStatus.RUNNING);
        Keeper keeper = new Keeper(plan, store, lease, heart, retry, state);
        try {
            plan.scope().begin(resources, state.started());
            List<OpenPhase> phases = prepare(new Opening(resources, options, retry, changes), known);
            keeper.save(begun -> begun.pinned(Pins.of(phases)));
            conditions.listener().started(keeper.state(), known.isPresent());
            Ceiling ceiling = new Ceiling(plan.deadLetters(), store);
            Allowance allowance = new Allowance(options.extent(), conditions.time());
            for (int i = 0; i < phases.size(); i++) {
                phase(i, phases.get(i), keeper, heart, allowance, ceiling);
            }
            if (scheme.finished(keeper.state())) {
                new Parents(phases, store, keeper, heart, retry, conditions.time()).settle();
                keeper.save(done -> done.with(RunStatus.DONE));
            }
            long letters = store.countDeadLetters();
            Ending.leave(keeper, store, RunStatus.STOPPED);
            return new RunResult(keeper.state(), true, letters);
        } catch (StoppedException | PausedException e) {
            Ending.leave(keeper, store, RunStatus.STOPPED);
            throw e;
        } catch (RuntimeException e) {
            Ending.leave(keeper, store, RunStatus.FAILED);
            throw e;
        }
    }

    private void phase(int index, OpenPhase open, Keeper keeper, Heart heart, Allowance allowance, Ceiling ceiling) {
        if (!scheme.wanted(index) || keeper.state().phases().get(index).status() == WorkStatus.DONE) {
            return;
        }
        List<ThrottleRule> rules = new ArrayList<>(plan.throttle());
        rules.addAll(open.plan().throttle());
        boolean recheck = open.plan().recheck() && !options.dryRun();
        SinkChain chain =
                new SinkChain(open.sinks(), database -> !recheck && keeper.sharesTransactions(database), heart, retry);
        int size = options.batch().orElse(open.plan().batch().orElse(plan.batch()));
        Pacing pacing = new Pacing(Limits.of(rules, conditions.time()), allowance, size);
        new PhaseWork(
                        index,
                        open,
                        new Means(
                                keeper,
                                chain,
                                pacing,
                                recheck,
                                options.concurrency(),
                                retry,
                                conditions,
                                new Halt(),
                                ceiling))
                .run();
    }

    /** Looks at everything before anything is changed, but for what it must see; only then adds what else is missing. */
    private List<OpenPhase> prepare(Opening opening, Optional<RunState> known) {
        List<Opening.Needed> needed = new ArrayList<>(opening.needed(plan.requirements()));
        List<Opening.Needed> first =
                needed.stream().filter(Opening.Needed::first).toList();
        first.forEach(this::provide);
        needed.removeAll(first);
        List<OpenPhase> phases = plan.phases().stream().map(opening::phase).toList();
        known.ifPresent(run -> refuseChanges(run, phases));
        needed.forEach(this::provide);
        if (known.isEmpty()) {
            plan.before().ifPresent(Action::run);
        }
        return phases;
    }

    private void provide(Opening.Needed needed) {
        if (needed.missing().isEmpty()) {
            return;
        } else if (options.dryRun()) {
            needed.missing().forEach(conditions.listener()::wouldProvide);
            if (needed.first()) {
                throw new FatalFailure("a dry run cannot look at what is not there yet: "
                        + String.join(", ", needed.missing()) + "; add it first");
            }
            return;
        }
        retry.run("adding " + needed.definition().title(), () -> {
            needed.requirement().provide();
            return true;
        });
        needed.missing().forEach(conditions.listener()::provided);
    }

    private void refuseChanges(RunState run, List<OpenPhase> phases) {
        List<String> differences = Pins.differences(run.pins(), Pins.of(phases));
        if (!differences.isEmpty() && !options.acceptChanges()) {
            throw new ChangedException(run.id(), differences);
        }
    }
}
