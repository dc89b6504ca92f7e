package dev.backfill.cli.look;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Signals;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.report.RunReport;
import dev.backfill.report.VerdictText;
import dev.backfill.run.Concurrency;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.run.ThisMachine;
import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import dev.backfill.validation.Repair;
import dev.backfill.validation.Validator;
import dev.backfill.validation.Verdict;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        description =
                "Compares every record with what the targets contain; exit 5 if they do not agree. Changes nothing"
                        + " without --repair.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    /** A run with more of them has been stopped long before. */
    private static final int MOST_LETTERS = 100_000;

    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--repair", description = "Writes the records that do not agree again, then compares once more.")
    private boolean repair;

    @Option(names = "--phase", paramLabel = "NAME", description = "Only this phase, or the phases of this step.")
    private @Nullable String phase;

    @Option(
            names = "--sample-size",
            paramLabel = "RECORDS",
            defaultValue = "10",
            description = "How many of the records that do not agree are shown, drawn at random.")
    private int sampleSize;

    @Option(
            names = "--at-least",
            paramLabel = "SHARE",
            description = "The share of the records that must agree, from 0 to 1; else as the script says, or all.")
    private @Nullable Double atLeast;

    ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        checkOptions();
        StopSignal stop = session.stop();
        Signals signals = Signals.watch(stop);
        Time time = new SystemTime();
        try (RunReport report = RunReport.silent(session.plan(), time)) {
            ThisMachine machine = session.machine();
            RunContext context = session.context(time, stop, report);
            return validate(context, machine);
        } catch (StoppedException stopped) {
            return stop.given().map(Stop::exitCode).orElse(ExitCode.FAILED.code());
        } finally {
            signals.close();
        }
    }

    private void checkOptions() {
        if (sampleSize < 0) {
            throw new IllegalArgumentException("--sample-size cannot be negative, but is " + sampleSize);
        }
        if (atLeast != null && !(atLeast >= 0 && atLeast <= 1)) {
            throw new IllegalArgumentException(
                    "--at-least takes a share from 0 to 1, such as 0.999, but is " + atLeast);
        }
    }

    private int validate(RunContext context, ThisMachine machine) {
        VerdictText text = look(context);
        session.out().println(output.output().json() ? text.json() : text.text(session.screen(output.output())));
        if (text.holds() || !repair) {
            return text.holds() ? ExitCode.DONE.code() : ExitCode.NOT_VALID.code();
        }
        try (OpenResources resources =
                session.open(output.output(), false, Concurrency.standard().connections())) {
            CheckpointStore store = session.store(resources);
            Repair.Repaired repaired =
                    new Repair(session.plan(), context, machine).of(text.verdicts(), resources, store);
            session.out().println(VerdictText.of(repaired));
        }
        VerdictText after = look(context);
        session.out().println(output.output().json() ? after.json() : after.text(session.screen(output.output())));
        return after.holds() ? ExitCode.DONE.code() : ExitCode.NOT_VALID.code();
    }

    private VerdictText look(RunContext context) {
        try (OpenResources resources = session.open(output.output(), true, 3)) {
            CheckpointStore store = session.store(resources);
            RunState run = store.read()
                    .checkpoint()
                    .orElseThrow(() -> new WrongUseException(
                            List.of(session.plan().name() + " has not been run: there is nothing to validate")))
                    .run();
            if (run.status() != RunStatus.DONE) {
                session.report("run " + run.id() + " is not done: records that it has not reached yet do not agree");
            }
            List<Verdict> verdicts = new Validator(
                            session.plan(), RunOptions.standard().with(Extent.phase(phase)), context)
                    .validate(resources, run, store.deadLetters(MOST_LETTERS));
            double share = atLeast == null ? session.plan().validation().atLeast() : atLeast;
            return VerdictText.of(session.plan(), verdicts, share, sampleSize, context.random());
        }
    }
}
