package dev.backfill.engine;

import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.connector.Failure;
import dev.backfill.connector.Lockable;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.control.ControlState;
import dev.backfill.control.ControlStateStore;
import dev.backfill.control.LiveControl;
import dev.backfill.engine.opening.BeforeRun;
import dev.backfill.engine.opening.Opening;
import dev.backfill.engine.opening.Pins;
import dev.backfill.engine.opening.Preparation;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.engine.opening.SecondLook;
import dev.backfill.engine.pacing.Allowance;
import dev.backfill.engine.pacing.Gauges;
import dev.backfill.engine.pacing.HandBrake;
import dev.backfill.engine.pacing.Supervision;
import dev.backfill.engine.pacing.TimedRetries;
import dev.backfill.engine.phase.Totals;
import dev.backfill.letter.Ceiling;
import dev.backfill.ownership.LeaseGuard;
import dev.backfill.ownership.Ownership;
import dev.backfill.plan.Backfill;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.position.Ending;
import dev.backfill.retry.RetryingStore;
import dev.backfill.run.ChangeListener;
import dev.backfill.run.ChangedException;
import dev.backfill.run.OpenResources;
import dev.backfill.run.OwnedException;
import dev.backfill.run.PausedException;
import dev.backfill.run.Processes;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.StoppedException;
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
    private final Gauges gauges;
    private final HandBrake brake;
    private final Scheme scheme;
    private final SecondLook again;

    public Runner(Backfill plan, RunOptions options, RunContext context, Processes processes) {
        this(plan, options, context, processes, change -> {});
    }

    /**
     * @param changes hears what a dry run would change
     */
    public Runner(Backfill plan, RunOptions options, RunContext context, Processes processes, ChangeListener changes) {
        this.plan = plan;
        this.options = options;
        this.processes = processes;
        this.changes = changes;
        this.sheet = new TimeSheet(context.time());
        Allowance time = new Allowance(options.extent(), context.time());
        RunContext serial = context.serial();
        this.brake = new HandBrake(serial, time, options.exitOnPause());
        this.gauges = new Gauges(context.time());
        this.context = serial.with(new TimedRetries(serial.listener(), sheet, gauges, brake));
        this.scheme = new Scheme(plan, options.extent());
        this.again = new SecondLook(scheme, options);
    }

    /**
     * @param resources where everything is opened; the caller closes it
     * @param store the checkpoint's; for a dry run one that forgets
     * @throws dev.backfill.time.StoppedException when the run was asked to stop; the checkpoint is saved
     * @throws PausedException when it has done as much as it was to do; the checkpoint is saved
     * @throws OwnedException if another process works on it
     * @throws ChangedException if the run was begun with another script, or on something else
     */
    public RunResult run(OpenResources resources, CheckpointStore store) {
        CheckpointStore patient = context.retrying(store);
        Optional<RunState> known = known(patient);
        if (known.filter(this::done).isPresent() && (options.dryRun() || !again.wanted())) {
            return new RunResult(known.get(), false, patient.countDeadLetters());
        }
        ControlState requests = requests(patient);
        Lease lease = new Ownership(patient, context, processes).take(options.waitForOwner());
        CheckpointStore once = RetryingStore.once(store);
        try (LeaseGuard guard = new LeaseGuard(once, lease, context.waiter()).renewing()) {
            return work(resources, once, lease, guard, requests);
        }
    }

    /** A run that died between its last phase's end and its own is not done: its status is still to be saved. */
    private boolean done(RunState run) {
        return run.status() == RunStatus.DONE && scheme.finished(run);
    }

    /** {@link PausedException} if someone does not want it to run. */
    private ControlState requests(CheckpointStore store) {
        ControlStateStore note = new ControlStateStore(store);
        ControlState requests = note.read();
        requests.without(superseded(requests)).hindrance().ifPresent(why -> {
            throw new PausedException(why);
        });
        return requests;
    }

    /** What was wished of the former run is not for one that begins again. */
    private ControlState superseded(ControlState requests) {
        return options.restart() ? requests : ControlState.none();
    }

    /** What an earlier start has saved, unless it is to be forgotten. */
    private Optional<RunState> known(CheckpointStore store) {
        if (options.restart()) {
            return Optional.empty();
        }
        CheckpointSnapshot stored = store.read();
        return stored.checkpoint().map(checkpoint -> scheme.matching(checkpoint.run()));
    }

    private RunResult work(
            OpenResources resources, CheckpointStore store, Lease lease, LeaseGuard guard, ControlState requests) {
        Optional<RunState> known = known(context.retrying(store));
        RunState state = known.orElseGet(() -> scheme.fresh(context)).with(RunStatus.RUNNING);
        CheckpointWriter keeper = new CheckpointWriter(plan, store, lease, guard, context.retry(), state);
        try (Supervision around = supervision(resources, store, keeper, requests)) {
            return around.of(() -> work(resources, store, known, requests, around));
        }
    }

    private Supervision supervision(
            OpenResources resources, CheckpointStore store, CheckpointWriter keeper, ControlState requests) {
        LiveControl control = new LiveControl(context.stop(), context.time(), requests, superseded(requests));
        brake.follows(control);
        return new Supervision(
                store,
                context,
                keeper,
                control,
                sheet,
                gauges,
                () -> resources.all(Lockable.class),
                options.exitOnPause());
    }

    private RunResult work(
            OpenResources resources,
            CheckpointStore store,
            Optional<RunState> known,
            ControlState requests,
            Supervision around) {
        CheckpointWriter keeper = around.keeper();
        CheckpointStore patient = context.retrying(store);
        try {
            plan.scope().begin(resources, keeper.state().started());
            plan.scope()
                    .telling(step -> Totals.step(
                            plan, step, keeper.state(), context.time().now(), options.dryRun()));
            Preparation preparation = new Preparation(plan, options, context);
            Opening opening = new Opening(resources, options, context.retry(), changes);
            Preparation.Opened opened = preparation.open(opening, known);
            if (known.isEmpty()) {
                beginAgain(patient, keeper, superseded(requests));
            }
            Optional<RunState> former = known.filter(this::done);
            keeper.save(begun -> (former.isPresent() ? again.reopened(begun, opened.phases()) : begun)
                    .pinned(Pins.merged(begun.pins(), opened.all())));
            preparation.provide(opened);
            new BeforeRun(plan, keeper).run();
            context.listener().started(keeper.state(), known.isPresent());
            Ceiling ceiling = new Ceiling(plan.deadLetters(), patient);
            new Phases(plan, options, resources, around, ceiling).run(opened);
            if (scheme.finished(keeper.state())) {
                new Parents(
                                plan,
                                opened.phases(),
                                phase -> preparation.unchosen(phase, opening, keeper.state()),
                                patient,
                                keeper,
                                context)
                        .settle();
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

    /** A run that is done stays so, even if the store cannot be asked any more: then what the run itself counted is reported. */
    private static long letters(CheckpointStore store, RunState state) {
        try {
            return store.countDeadLetters();
        } catch (Failure e) {
            LOG.warn("the dead letters could not be counted: {}", e.getMessage());
            return state.phases().stream().mapToLong(PhaseState::deadLetters).sum();
        }
    }

    /** Leaves the former run behind, if there is one: only now, when this one owns the checkpoint and everything is open. */
    private static void beginAgain(CheckpointStore store, CheckpointWriter keeper, ControlState superseded) {
        if (superseded.cancel().isPresent() || superseded.tuned().isPresent()) {
            new ControlStateStore(store).change(now -> now.without(superseded));
        }
        store.clear(keeper.lease());
    }
}
