package dev.backfill.engine.pacing;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.PhaseState;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.connector.Failure;
import dev.backfill.connector.Lockable;
import dev.backfill.control.ControlState;
import dev.backfill.control.ControlStateStore;
import dev.backfill.control.ControlWatch;
import dev.backfill.control.LiveControl;
import dev.backfill.control.LiveStatus;
import dev.backfill.control.RunHistory;
import dev.backfill.control.RunRecord;
import dev.backfill.control.Tuning;
import dev.backfill.position.CheckpointWriter;
import dev.backfill.run.ErrorText;
import dev.backfill.run.PausedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunResult;
import dev.backfill.run.TimeSheet;
import dev.backfill.time.Stop;
import dev.backfill.time.StoppedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands around the work of a run: requests that are heard, time that is accounted for, and a line in the history. None
 * of it can make the run fail. Thread-safe.
 */
public final class Supervision implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private final CheckpointStore store;
    private final RunContext context;
    private final CheckpointWriter keeper;
    private final LiveControl control;
    private final TimeSheet sheet;
    private final RunRecord record;
    private final Gauges gauges;
    private final ProgressWatch progress;
    private final ControlWatch watch;
    private final boolean exitOnPause;
    private volatile IntSupplier batch = () -> 0;

    public Supervision(
            CheckpointStore store,
            RunContext context,
            CheckpointWriter keeper,
            LiveControl control,
            TimeSheet sheet,
            Gauges gauges,
            Supplier<List<Lockable>> databases,
            boolean exitOnPause) {
        this.store = store;
        this.gauges = gauges;
        this.context = context;
        this.keeper = keeper;
        this.exitOnPause = exitOnPause;
        this.control = control;
        this.sheet = sheet;
        this.record = RunRecord.begun(
                keeper.state().id(), context.owner().toString(), context.time().now());
        this.progress = new ProgressWatch(context, keeper, sheet, gauges, databases);
        this.watch = ControlWatch.start(context, store, control, this::pulse);
        context.listener().timed(sheet);
        written(patient(), asked -> record);
    }

    private CheckpointStore patient() {
        return context.retrying(store);
    }

    public RunContext context() {
        return context;
    }

    public CheckpointWriter keeper() {
        return keeper;
    }

    public LiveControl control() {
        return control;
    }

    public TimeSheet sheet() {
        return sheet;
    }

    /** True to end the run when a person pauses it, rather than to wait. */
    boolean exitOnPause() {
        return exitOnPause;
    }

    /** Notes the phase that is worked on, for those who look. */
    public void follows(Pace pace) {
        batch = pace::size;
    }

    /** Does the work, and writes down how it ended. */
    public RunResult of(Supplier<RunResult> work) {
        String outcome = "failed";
        CheckpointStore history = context.retryingBriefly(store); // a run that fails or is stopped does not wait long
        try {
            RunResult result = work.get();
            outcome = result.state().status() == RunStatus.DONE ? "done" : "this part is done";
            forgetTuning();
            history = patient();
            return result;
        } catch (StoppedException e) {
            outcome = cancelled() ? "cancelled" : "stopped";
            throw e;
        } catch (PausedException e) {
            outcome = "paused: " + e.getMessage();
            throw e;
        } catch (RuntimeException | Error e) {
            gauges.failed(ErrorText.of(e));
            outcome = "failed: " + ErrorText.of(e);
            throw e;
        } finally {
            String how = outcome;
            written(history, asked -> ended(asked, how));
        }
    }

    /** Where a run stands that was stopped. */
    public RunStatus stopped() {
        return cancelled() ? RunStatus.CANCELLED : RunStatus.STOPPED;
    }

    private boolean cancelled() {
        return context.stop().given().equals(Optional.of(Stop.CANCEL));
    }

    /** What was tuned was meant for this run. */
    private void forgetTuning() {
        if (!control.tuning().equals(Tuning.none())) {
            try {
                new ControlStateStore(patient()).change(ControlState::anew);
            } catch (Failure e) {
                LOG.warn("what was tuned could not be forgotten: {}", e.getMessage());
            }
        }
    }

    /** What was refused and fixed since is no dead letter any more. */
    private RunRecord ended(CheckpointStore asked, String outcome) {
        RunState state = keeper.state();
        long letters = keeper.begun()
                ? asked.countDeadLetters()
                : state.phases().stream().mapToLong(PhaseState::deadLetters).sum();
        return record.ended(context.time().now(), outcome, state.read(), state.written(), letters);
    }

    private void written(CheckpointStore history, Function<CheckpointStore, RunRecord> line) {
        try {
            new RunHistory(history).put(line.apply(history));
        } catch (RuntimeException e) {
            LOG.warn("the run's history could not be written: {}", e.getMessage());
        }
    }

    private LiveStatus pulse() {
        return new LiveStatus(
                keeper.state().id(),
                control.requests().number(),
                held(),
                sheet.shares(),
                sheet.elapsed().toMillis() / 1_000.0,
                batch.getAsInt(),
                context.time().now(),
                gauges.rate(),
                gauges.lastBatch(),
                gauges.trouble(),
                gauges.waits());
    }

    /** The one who waits when a pause is heard waits for the person from that moment on. */
    private Optional<String> held() {
        boolean paused = control.paused().isPresent();
        return sheet.held().map(what -> paused && !what.equals(TimeSheet.RETRIES) ? Entrance.BY_HAND : what);
    }

    @Override
    public void close() {
        progress.close();
        watch.close();
    }
}
