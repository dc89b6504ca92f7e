package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.MemoryStore;
import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Output;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Signals;
import dev.backfill.control.PartList;
import dev.backfill.control.RunHistory;
import dev.backfill.control.WishNote;
import dev.backfill.engine.Runner;
import dev.backfill.hook.HookedListener;
import dev.backfill.hook.Hooks;
import dev.backfill.legacy.Adoption;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.HookEvent;
import dev.backfill.plan.HookPlan;
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
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import dev.backfill.words.Quantity;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description = "Runs the backfill, or resumes it where it was stopped. The default without a command.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final int SAMPLE = 5;

    private final Session session;

    @Mixin
    private RunSettings settings = new RunSettings();

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return run(session, settings);
    }

    static int run(Session session, RunSettings settings) {
        StopSignal stop = session.stop();
        Time time = new SystemTime();
        Signals signals = Signals.watch(stop);
        try {
            return settings.end().end(run(session, settings, stop, time), stop, time);
        } finally {
            signals.close();
        }
    }

    /** So many are enough to say why records would be rejected. */
    private static final int MOST_LETTERS = 10_000;

    private static int run(Session session, RunSettings settings, StopSignal stop, Time time) {
        Output output = settings.output();
        RunOptions options = settings.options(time.now(), ZoneId.systemDefault());
        Summary summary = new Summary(
                session.out(),
                output.json() ? Optional.empty() : Optional.of(session.screen(output)),
                output.verbose(),
                session.start() + settings.again() + session.given(),
                command ->
                        options.dryRun() ? "" : session.start() + " " + command + settings.place() + session.given());
        try (RunReport report = RunReport.start(session.plan(), time, output.quiet() || output.json(), session.err());
                HookedListener hooked = hooked(session, options, report, time);
                OpenResources resources = session.open(
                        output, options.dryRun(), options.concurrency().connections())) {
            Run run = new Run(
                    settings.applied(session.plan()),
                    stop,
                    time,
                    report,
                    hooked,
                    summary,
                    new ChangeSample(settings.sampleSize(SAMPLE)));
            return told(session, settings, options, run, resources);
        } catch (RuntimeException | Error failure) {
            int code = session.failed(settings.placed(failure));
            if (code == ExitCode.FAILED.code()) {
                summary.toResume(false);
            }
            return code;
        }
    }

    /** A dry run calls nobody. */
    private static HookedListener hooked(Session session, RunOptions options, RunReport report, Time time) {
        HookPlan plan = session.plan().hooks();
        Hooks hooks = new Hooks(session.plan().name(), options.dryRun() ? List.of() : plan.rules());
        String host = session.machine().owner(time.now()).host();
        return new HookedListener(report, hooks, session.plan().name(), host, plan.stall(), time);
    }

    private static int told(
            Session session, RunSettings settings, RunOptions options, Run run, OpenResources resources) {
        try {
            return work(session, settings, options, run, resources);
        } catch (RuntimeException | Error failure) {
            run.hooked().tell(HookEvent.FAILURE, "failed: " + ErrorText.of(failure));
            throw failure;
        }
    }

    /** One run's parts, for the methods that share them. */
    private record Run(
            Backfill plan,
            StopSignal stop,
            Time time,
            RunReport report,
            HookedListener hooked,
            Summary summary,
            ChangeSample changes) {}

    private static int work(
            Session session, RunSettings settings, RunOptions stated, Run run, OpenResources resources) {
        ThisMachine machine = session.machine();
        RunContext context = session.context(run.time(), run.stop(), run.hooked());
        CheckpointStore real = context.retrying(store(session, settings.part(), resources, stated.extent()));
        RunOptions options = settings.decided(stated, real);
        Adoption adoption = new Adoption(run.plan(), options, context, machine);
        boolean legacy = settings.acceptLegacy() && !options.extent().partial() && Adoption.needed(real);
        CheckpointStore store = options.dryRun() ? rehearsing(real, legacy, run.time()) : real;
        try {
            long before = legacy && !options.dryRun()
                    ? adoption.adopt(resources, real, part -> store(session, "--accept-legacy", resources, part))
                    : 0;
            RunResult result = new Runner(run.plan(), options, context, machine, run.changes()).run(resources, store);
            run.report().close();
            run.summary()
                    .done(
                            session.plan(),
                            result,
                            new DoneText(new RunHistory(real).read(), settings.part()),
                            run.report(),
                            Refused.now(store));
            new FoundText(options.extent(), settings.part()).lines(result).forEach(session.err()::println);
            run.hooked().tell(HookEvent.END, "is done, with " + Quantity.of(result.deadLetters(), "dead letter"));
            if (options.dryRun()) {
                run.summary().dry(run.changes(), store.deadLetters(MOST_LETTERS));
            }
            long suppressed = Suppressed.unaccepted(session.plan(), result.state());
            return before + result.deadLetters() + suppressed > 0 ? ExitCode.DEAD_LETTERS.code() : ExitCode.DONE.code();
        } catch (StoppedException stopped) {
            run.report().close();
            boolean cancelled = run.stop().given().equals(Optional.of(Stop.CANCEL));
            String how =
                    (cancelled ? "cancelled" : "stopped") + (options.dryRun() ? "" : ", with the checkpoint saved");
            ended(session, run, options, how, store);
            return run.stop().given().map(Stop::exitCode).orElse(ExitCode.FAILED.code());
        } catch (PausedException paused) {
            run.report().close();
            ended(session, run, options, "paused: " + paused.getMessage(), store);
            return ExitCode.PAUSED.code();
        }
    }

    /** A dry run has no position to continue from, so that nobody is asked to start a real one. */
    private static void ended(Session session, Run run, RunOptions options, String how, CheckpointStore store) {
        run.summary().ended(session.plan(), how, run.report(), Refused.now(store));
        if (options.dryRun()) {
            run.summary().dry(run.changes(), store.deadLetters(MOST_LETTERS));
        } else {
            run.summary().toResume(new WishNote(store).read().hindrance().isPresent());
        }
        run.hooked().tell(HookEvent.PAUSE, how);
    }

    /** That of a part can be found again from the whole's. */
    private static CheckpointStore store(Session session, String asked, OpenResources resources, Extent extent) {
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
