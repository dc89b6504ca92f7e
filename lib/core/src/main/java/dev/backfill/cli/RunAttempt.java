package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.MemoryStore;
import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.control.ControlStateStore;
import dev.backfill.control.PartList;
import dev.backfill.control.RunHistory;
import dev.backfill.engine.Runner;
import dev.backfill.hook.HookedListener;
import dev.backfill.legacy.Adoption;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.HookEvent;
import dev.backfill.report.ChangeSample;
import dev.backfill.report.DoneText;
import dev.backfill.report.FoundText;
import dev.backfill.report.Refused;
import dev.backfill.report.RunReport;
import dev.backfill.report.Summary;
import dev.backfill.report.Suppressed;
import dev.backfill.run.ErrorText;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.PausedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.run.RunResult;
import dev.backfill.run.ThisMachine;
import dev.backfill.time.Stop;
import dev.backfill.time.StoppedException;
import dev.backfill.time.Time;
import dev.backfill.words.Quantity;
import java.util.Optional;

/** Works on a backfill once, from the opened checkpoint to the summary. */
record RunAttempt(
        Session session,
        RunSettings settings,
        Time time,
        RunReport report,
        HookedListener hooked,
        Summary summary,
        ChangeSample changes) {
    /** So many are enough to say why records would be rejected. */
    private static final int MOST_LETTERS = 10_000;

    /** Runs, and gives the exit code; a failure is reported to the hooks and thrown on. */
    int run(RunOptions stated, OpenResources resources) {
        try {
            return work(stated, resources);
        } catch (RuntimeException | Error failure) {
            hooked.tell(HookEvent.FAILURE, "failed: " + ErrorText.of(failure));
            throw failure;
        }
    }

    private int work(RunOptions stated, OpenResources resources) {
        Backfill plan = settings.applied(session.plan());
        ThisMachine machine = session.machine();
        RunContext context = session.context(time, session.stop(), hooked);
        CheckpointStore real = context.retrying(store(settings.part(), resources, stated.extent()));
        RunOptions options = settings.decided(stated, real);
        Adoption adoption = new Adoption(plan, options, context, machine);
        boolean legacy = settings.acceptLegacy() && !options.extent().partial() && Adoption.needed(real);
        CheckpointStore store = options.dryRun() ? rehearsing(real, legacy, time) : real;
        try {
            long before = legacy && !options.dryRun()
                    ? adoption.adopt(resources, real, part -> store("--accept-legacy", resources, part))
                    : 0;
            RunResult result = new Runner(plan, options, context, machine, changes).run(resources, store);
            report.close();
            summary.done(
                    session.plan(),
                    result,
                    new DoneText(new RunHistory(real).read(), settings.part()),
                    report,
                    Refused.now(store));
            new FoundText(options.extent(), settings.part()).lines(result).forEach(session::report);
            hooked.tell(HookEvent.END, "is done, with " + Quantity.of(result.deadLetters(), "dead letter"));
            if (options.dryRun()) {
                summary.dry(changes, store.deadLetters(MOST_LETTERS));
            }
            long suppressed = Suppressed.unaccepted(session.plan(), result.state());
            return before + result.deadLetters() + suppressed > 0 ? ExitCode.DEAD_LETTERS.code() : ExitCode.DONE.code();
        } catch (StoppedException stopped) {
            report.close();
            boolean cancelled = session.stop().given().equals(Optional.of(Stop.CANCEL));
            String how =
                    (cancelled ? "cancelled" : "stopped") + (options.dryRun() ? "" : ", with the checkpoint saved");
            ended(options, how, store);
            return session.stop().given().map(Stop::exitCode).orElse(ExitCode.FAILED.code());
        } catch (PausedException paused) {
            report.close();
            ended(options, "paused: " + paused.getMessage(), store);
            return ExitCode.PAUSED.code();
        }
    }

    /** A dry run has no position to continue from, so that nobody is asked to start a real one. */
    private void ended(RunOptions options, String how, CheckpointStore store) {
        summary.ended(session.plan(), how, report, Refused.now(store));
        if (options.dryRun()) {
            summary.dry(changes, store.deadLetters(MOST_LETTERS));
        } else {
            summary.toResume(new ControlStateStore(store).read().hindrance().isPresent());
        }
        hooked.tell(HookEvent.PAUSE, how);
    }

    /** That of a part can be found again from the whole's. */
    private CheckpointStore store(String asked, OpenResources resources, Extent extent) {
        if (extent.partial() && !resources.readOnly()) {
            new PartList(session.store(resources)).add(new PartList.Part(extent.name(), asked, extent.description()));
        }
        return session.store(resources, extent);
    }

    /** Forgets; of another program's checkpoint nothing is copied, so that all is looked at from the start. */
    private static CheckpointStore rehearsing(CheckpointStore real, boolean legacy, Time time) {
        return legacy ? new MemoryStore(time) : MemoryStore.copyOf(real.read(), time);
    }
}
