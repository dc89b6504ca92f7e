package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.engine.Conditions;
import dev.backfill.engine.OpenResources;
import dev.backfill.engine.RunListener;
import dev.backfill.engine.RunResult;
import dev.backfill.engine.Runner;
import dev.backfill.engine.ThisMachine;
import dev.backfill.report.RunReport;
import dev.backfill.report.Summary;
import dev.backfill.retry.RetryPolicy;
import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description = "Runs the backfill, or goes on where it was stopped. What happens without a command.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
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
        Output output = settings.output();
        StopSignal stop = new StopSignal();
        Time time = new SystemTime();
        Summary summary = new Summary(session.out(), output.json(), session.start() + settings.again());
        Signals signals = Signals.watch(stop);
        try (RunReport report = RunReport.start(session.plan(), time, output.quiet() || output.json(), session.err());
                OpenResources resources = session.open(output)) {
            return work(session, settings, new Run(stop, time, report, summary, resources));
        } catch (RuntimeException failure) {
            int code = session.failed(failure);
            summary.toGoOn();
            return code;
        } finally {
            signals.close();
        }
    }

    /** One run's parts, for the methods that share them. */
    private record Run(StopSignal stop, Time time, RunReport report, Summary summary, OpenResources resources) {}

    private static int work(Session session, RunSettings settings, Run run) {
        ThisMachine machine = new ThisMachine();
        RunListener listener = run.report();
        Conditions conditions = new Conditions(
                run.time(),
                run.stop(),
                RandomGenerator.getDefault(),
                machine.owner(run.time().now()),
                RetryPolicy.STANDARD,
                listener);
        CheckpointStore store = session.store(run.resources());
        try {
            RunResult result =
                    new Runner(session.plan(), settings.options(), conditions, machine).run(run.resources(), store);
            run.report().close();
            run.summary().done(session.plan(), result, run.report());
            return result.deadLetters() > 0 ? ExitCode.DEAD_LETTERS : ExitCode.DONE;
        } catch (StoppedException stopped) {
            run.report().close();
            run.summary().stopped(session.plan(), run.report().last(), run.report());
            return run.stop().given().map(Stop::exitCode).orElse(ExitCode.FAILED);
        }
    }
}
