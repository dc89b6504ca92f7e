package dev.backfill.cli;

import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Output;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Signals;
import dev.backfill.hook.HookedListener;
import dev.backfill.hook.Hooks;
import dev.backfill.plan.HookPlan;
import dev.backfill.report.ChangeSample;
import dev.backfill.report.RunReport;
import dev.backfill.report.Summary;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunOptions;
import dev.backfill.time.StopSignal;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
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
            return settings.end().end(run(session, settings, time), stop, time);
        } finally {
            signals.close();
        }
    }

    private static int run(Session session, RunSettings settings, Time time) {
        Output output = settings.output();
        RunOptions options = settings.options(time.now(), ZoneId.systemDefault());
        Summary summary = new Summary(
                session.out(),
                output.json() ? Optional.empty() : Optional.of(session.screen(output)),
                output.verbose(),
                session.start() + settings.again() + session.given(),
                command ->
                        options.dryRun() ? "" : session.start() + " " + command + settings.place() + session.given());
        try (RunReport report = report(session, output, time);
                HookedListener hooked = hooked(session, options, report, time);
                OpenResources resources = session.open(
                        output, options.dryRun(), options.concurrency().connections())) {
            ChangeSample changes = new ChangeSample(settings.sampleSize(SAMPLE));
            return new RunAttempt(session, settings, time, report, hooked, summary, changes).run(options, resources);
        } catch (RuntimeException | Error failure) {
            int code = session.failed(settings.placed(failure));
            if (code == ExitCode.FAILED.code()) {
                summary.toResume(false);
            }
            return code;
        }
    }

    private static RunReport report(Session session, Output output, Time time) {
        return output.quiet() || output.json()
                ? RunReport.silent(session.plan(), time)
                : RunReport.start(session.plan(), time, session.err(), session.screen(output));
    }

    /** A dry run calls nobody. */
    private static HookedListener hooked(Session session, RunOptions options, RunReport report, Time time) {
        HookPlan plan = session.plan().hooks();
        Hooks hooks = new Hooks(session.plan().name(), options.dryRun() ? List.of() : plan.rules());
        String host = session.machine().owner(time.now()).host();
        return new HookedListener(report, hooks, session.plan().name(), host, plan.stall(), time);
    }
}
