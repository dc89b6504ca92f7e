package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.checkpoint.Stored;
import dev.backfill.checkpoint.WorkStatus;
import dev.backfill.connector.Failure;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.control.LiveControl;
import dev.backfill.control.WishNote;
import dev.backfill.control.Wishes;
import dev.backfill.engine.opening.BeforeRun;
import dev.backfill.engine.opening.OpenPhase;
import dev.backfill.engine.opening.Opening;
import dev.backfill.engine.opening.Pins;
import dev.backfill.engine.opening.Preparation;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.engine.opening.SecondLook;
import dev.backfill.engine.pacing.Allowance;
import dev.backfill.engine.pacing.Entrance;
import dev.backfill.engine.pacing.Halt;
import dev.backfill.engine.pacing.HandBrake;
import dev.backfill.engine.pacing.Pace;
import dev.backfill.engine.pacing.Supervision;
import dev.backfill.engine.pacing.TimedRetries;
import dev.backfill.engine.phase.Growing;
import dev.backfill.engine.phase.Means;
import dev.backfill.engine.phase.PhaseWork;
import dev.backfill.engine.phase.Totals;
import dev.backfill.flow.SinkChain;
import dev.backfill.letter.Ceiling;
import dev.backfill.ownership.Heart;
import dev.backfill.ownership.HeartBeats;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.position.Ending;
import dev.backfill.position.Keeper;
import dev.backfill.retry.Retry;
import dev.backfill.retry.RetryingStore;
import dev.backfill.run.ChangeListener;
import dev.backfill.run.ChangedException;
import dev.backfill.run.Concurrency;
import dev.backfill.run.RunContext;
import dev.backfill.run.OpenResources;
import dev.backfill.run.OwnedException;
import dev.backfill.run.PausedException;
import dev.backfill.run.Processes;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import dev.backfill.run.TimeSheet;
import dev.backfill.throttle.BatchSize;
import dev.backfill.throttle.Limits;
import dev.backfill.time.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a backfill from where it is to its end, or until it is stopped. */
public final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final Backfill plan;
    private final RunOptions options;
    private final RunContext context;
    private final Processes processes;
    private final ChangeListener changes;
    private final TimeSheet sheet;
    private final HandBrake brake;
    private final Retry retry;
    private final Scheme scheme;
    private final SecondLook again;

    public Runner(Backfill plan, RunOptions options, RunContext context, Processes processes) {
        this(plan, options, context, processes, change -> {});
    }

    /**
     * @param changes hears what a dry run would change
     */
    public Runner(
            Backfill plan, RunOptions options, RunContext context, Processes processes, ChangeListener changes) {
        this.plan = plan;
        this.options = options;
        this.context = context.serial();
        this.processes = processes;
        this.changes = changes;
        this.sheet = new TimeSheet(context.time());
        Allowance time = new Allowance(options.extent(), context.time());
        this.brake = new HandBrake(this.context, sheet, time, options.exitOnPause());
        this.retry = this.context.retry(new TimedRetries(this.context.listener(), sheet, brake));
        this.scheme = new Scheme(plan, options.extent());
        this.again = new SecondLook(scheme, options);
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
        CheckpointStore patient = RetryingStore.around(store, retry);
        Optional<RunState> known = known(patient);
        if (known.filter(this::done).isPresent() && (options.dryRun() || !again.wanted())) {
            return new RunResult(known.get(), false, patient.countDeadLetters());
        }
        Wishes wishes = wishes(patient);
        Lease lease = new Ownership(patient, context, processes).take(options.waitForOwner());
        try (HeartBeats beats = HeartBeats.start(new Heart(store, lease, context.waiter()))) {
            return work(resources, store, lease, beats.heart(), wishes);
        }
    }

    /** A run that died between its last phase's end and its own is not done: its status is still to be saved. */
    private boolean done(RunState run) {
        return run.status() == RunStatus.DONE && scheme.finished(run);
    }

    /** {@link PausedException} if somebody does not want it to run. */
    private Wishes wishes(CheckpointStore store) {
        WishNote note = new WishNote(store);
        Wishes wishes = note.read();
        wishes.without(superseded(wishes)).hindrance().ifPresent(why -> {
            throw new PausedException(why);
        });
        return wishes;
    }

    /** What was wished of the former run is not for one that begins again. */
    private Wishes superseded(Wishes wishes) {
        return options.restart() ? wishes : Wishes.none();
    }

    /** What an earlier start has saved, unless it is to be forgotten. */
    private Optional<RunState> known(CheckpointStore store) {
        if (options.restart()) {
            return Optional.empty();
        }
        Stored stored = store.read();
        return stored.checkpoint().map(checkpoint -> scheme.matching(checkpoint.run()));
    }

    private RunResult work(OpenResources resources, CheckpointStore store, Lease lease, Heart heart, Wishes wishes) {
        Optional<RunState> known = known(RetryingStore.around(store, retry));
        RunState state = known.orElseGet(() -> scheme.fresh(context)).with(RunStatus.RUNNING);
        Keeper keeper = new Keeper(plan, store, lease, heart, retry, state);
        try (Supervision around = supervision(store, keeper, wishes)) {
            return around.of(() -> work(resources, store, keeper, heart, known, wishes, around));
        }
    }

    private Supervision supervision(CheckpointStore store, Keeper keeper, Wishes wishes) {
        LiveControl control = new LiveControl(context.stop(), context.time(), wishes, superseded(wishes));
        brake.follows(control);
        return new Supervision(store, context, keeper, control, sheet, options.exitOnPause());
    }

    private RunResult work(
            OpenResources resources,
            CheckpointStore store,
            Keeper keeper,
            Heart heart,
            Optional<RunState> known,
            Wishes wishes,
            Supervision around) {
        CheckpointStore patient = RetryingStore.around(store, retry);
        try {
            plan.scope().begin(resources, keeper.state().started());
            plan.scope()
                    .telling(step -> Totals.step(
                            plan, step, keeper.state(), context.time().now(), options.dryRun()));
            Preparation preparation = new Preparation(plan, options, context.listener(), retry);
            Preparation.Opened opened = preparation.open(new Opening(resources, options, retry, changes), known);
            List<OpenPhase> phases = opened.phases();
            if (known.isEmpty()) {
                beginAgain(patient, keeper, superseded(wishes));
            }
            Optional<RunState> former = known.filter(this::done);
            keeper.save(begun -> (former.isPresent() ? again.reopened(begun, phases) : begun).pinned(Pins.of(phases)));
            preparation.provide(opened);
            new BeforeRun(plan, keeper).run();
            context.listener().started(keeper.state(), known.isPresent());
            Ceiling ceiling = new Ceiling(plan.deadLetters(), patient);
            Allowance allowance = new Allowance(options.extent(), context.time());
            for (int i = 0; i < phases.size(); i++) {
                phase(i, phases.get(i), new Surroundings(resources, keeper, heart, allowance, ceiling, around));
            }
            if (scheme.finished(keeper.state())) {
                new Parents(phases, patient, keeper, heart, retry, context.time()).settle();
                keeper.save(done -> done.with(RunStatus.DONE));
            }
            long letters = letters(patient, keeper.state());
            Ending.leave(keeper, store, RunStatus.STOPPED);
            OptionalLong found = SecondLook.found(former, keeper.state());
            return new RunResult(keeper.state(), found.orElse(1) > 0, found, letters);
        } catch (StoppedException | PausedException e) {
            Ending.leave(keeper, store, around.stopped());
            throw e;
        } catch (ThrottledFailure e) {
            Ending.leave(keeper, store, RunStatus.STOPPED);
            throw new PausedException(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            Ending.leave(keeper, store, RunStatus.FAILED);
            throw e;
        }
    }

    /** A run that is done stays so, even if the store cannot be asked any more: then what the run itself counted is told. */
    private static long letters(CheckpointStore store, RunState state) {
        try {
            return store.countDeadLetters();
        } catch (Failure e) {
            LOG.warn("the dead letters could not be counted: {}", e.getMessage());
            return state.phases().stream().mapToLong(PhaseState::deadLetters).sum();
        }
    }

    /** Leaves the former run behind, if there is one: only now, when this one owns the checkpoint and everything is open. */
    private static void beginAgain(CheckpointStore store, Keeper keeper, Wishes superseded) {
        if (superseded.cancel().isPresent() || superseded.tuned().isPresent()) {
            new WishNote(store).change(now -> now.without(superseded));
        }
        store.clear(keeper.lease());
    }

    /** What the phases of a run share. */
    private record Surroundings(
            OpenResources resources,
            Keeper keeper,
            Heart heart,
            Allowance allowance,
            Ceiling ceiling,
            Supervision around) {}

    private void phase(int index, OpenPhase open, Surroundings with) {
        Keeper keeper = with.keeper();
        if (keeper.state().phases().get(index).status() == WorkStatus.DONE) {
            new Growing(index, open, retry, keeper).settle();
            return;
        } else if (!scheme.wanted(index)) {
            return;
        }
        boolean recheck = open.plan().recheck() && !options.dryRun();
        SinkChain chain = SinkChain.of(
                open.sinks(), database -> !recheck && keeper.sharesTransactions(database), with.heart(), retry);
        Pace pace = pace(open, with);
        with.around().follows(pace);
        Halt halt = new Halt(context.stop());
        Entrance entrance = new Entrance(pace, with.around(), with.allowance(), context, retry, halt);
        Means means = new Means(
                keeper,
                chain,
                pace,
                with.allowance(),
                entrance,
                with.around().sheet(),
                recheck,
                concurrency(with.around()),
                retry,
                context,
                halt,
                with.ceiling());
        try {
            new PhaseWork(index, options.dryRun() ? open.once() : open, means).run();
        } catch (RuntimeException e) {
            throw WorkFailure.of(e, keeper.state().phases().get(index));
        }
    }

    private Concurrency concurrency(Supervision around) {
        Concurrency stated = options.concurrency();
        return new Concurrency(around.control().tuning().parallel().orElse(stated.splits()), stated.window());
    }

    private Pace pace(OpenPhase open, Surroundings with) {
        List<ThrottleRule> rules = new ArrayList<>(plan.throttle());
        rules.addAll(open.plan().throttle());
        int first = options.batch().orElse(open.plan().batch().orElse(plan.batch()));
        BatchSize size = BatchSize.of(first, options.batch().isPresent() ? List.of() : rules);
        Limits limits = Limits.open(rules, context.time(), with.resources());
        return new Pace(rules, limits, size, with.around().control(), context.time());
    }
}
