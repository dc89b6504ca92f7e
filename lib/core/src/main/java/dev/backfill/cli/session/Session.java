package dev.backfill.cli.session;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.ForeignCheckpointException;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseLostException;
import dev.backfill.connector.Failure;
import dev.backfill.connector.Resources;
import dev.backfill.connector.ThrottledFailure;
import dev.backfill.connector.UnfitScopeException;
import dev.backfill.control.PartList;
import dev.backfill.file.FileStoreDefinition;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Wrapping;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.ScriptException;
import dev.backfill.plan.StoreDefinition;
import dev.backfill.position.CheckpointEdit;
import dev.backfill.report.LetterText;
import dev.backfill.report.PartText;
import dev.backfill.report.RunReport;
import dev.backfill.retry.RetryPolicy;
import dev.backfill.run.ChangedException;
import dev.backfill.run.ErrorText;
import dev.backfill.run.Extent;
import dev.backfill.run.OpenResources;
import dev.backfill.run.OwnedException;
import dev.backfill.run.PausedException;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunListener;
import dev.backfill.run.ThisMachine;
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** What the commands of one start share: the script, where to print, and how errors are reported. */
public final class Session {
    private final Backfill plan;
    private final List<String> problems;
    private final Optional<Path> script;
    private final Streams streams;
    private final ThisMachine machine = new ThisMachine();
    private final StopSignal stop = new StopSignal();
    private String given = "";
    private boolean verbose;

    /**
     * @param problems what the script's settings lack, a sentence each
     * @param script its file, if it is known
     */
    public Session(Backfill plan, List<String> problems, Optional<Path> script, Streams streams) {
        this.plan = plan;
        this.problems = List.copyOf(problems);
        this.script = script;
        this.streams = streams;
    }

    public Backfill plan() {
        return plan;
    }

    public List<String> problems() {
        return problems;
    }

    public PrintWriter out() {
        return streams.out();
    }

    public PrintWriter err() {
        return streams.err();
    }

    /** How a command's answer is shown. */
    public Screen screen(Output output) {
        return output.colour() ? streams.screen() : streams.screen().plain();
    }

    public String commandName() {
        return script.map(path -> path.getFileName().toString()).orElse(plan().name());
    }

    /** What the command line says of the script's own options. */
    public void given(String arguments) {
        given = arguments;
    }

    public String given() {
        return given;
    }

    /** The command line that starts the script. */
    public String start() {
        return script.map(path -> "jbang run " + path).orElse(plan().name());
    }

    /** Opens what a command works with; {@link WrongUseException} if settings are missing. */
    public OpenResources open(Output output) {
        return open(output, false, 3);
    }

    /**
     * @param readOnly true for a command that must change nothing
     * @param connections to one server at the same time
     */
    public OpenResources open(Output output, boolean readOnly, int connections) {
        verbose = output.verbose();
        Logging.configure(output, streams.screen());
        if (!problems().isEmpty()) {
            throw new WrongUseException(problems());
        }
        return new OpenResources(connections, readOnly);
    }

    public ThisMachine machine() {
        return machine;
    }

    /** What work depends on, when this process does it. */
    public RunContext context(Time time, StopSignal stop, RunListener listener) {
        return new RunContext(time, stop, new Random(), machine.owner(time.now()), RetryPolicy.STANDARD, listener);
    }

    /** Takes a checkpoint that nobody works on, to change it. */
    public Lease lease(CheckpointStore store) {
        Time time = new SystemTime();
        RunReport report = RunReport.silent(plan(), time);
        return CheckpointEdit.take(store, context(time, stop, report), machine);
    }

    public StoreDefinition storeDefinition() {
        return plan().store().orElseGet(FileStoreDefinition::standard);
    }

    public CheckpointStore store(OpenResources resources) {
        return store(resources, Extent.all());
    }

    public CheckpointStore store(OpenResources resources, Extent extent) {
        return retrying(resources, () -> open(resources, extent));
    }

    /** Its opening and each call of it are retried, and the waits are reported, until the process is stopped. */
    private CheckpointStore retrying(OpenResources resources, Supplier<CheckpointStore> open) {
        Time time = new SystemTime();
        RunContext context = context(time, stop, RunReport.silent(plan(), time));
        return context.retrying(resources.owned(context.retry().run("opening the checkpoint's store", open)));
    }

    /** What stops the work of this process, waits included. */
    public StopSignal stop() {
        return stop;
    }

    /** The checkpoint's store without retries, to be closed by the caller; a part of the backfill has a position of its own. */
    public CheckpointStore open(Resources resources, Extent extent) {
        return storeDefinition().open(resources, extent.partial() ? part(extent.name()) : whole());
    }

    private String whole() {
        return plan().layout().document().orElse(plan().name());
    }

    private String part(String name) {
        return whole() + ".part-" + name;
    }

    /** The dead letters of the parts that were run on their own, as far as there are any. */
    public List<PartText> parts(OpenResources resources, CheckpointStore whole) {
        return allParts(resources, whole).stream()
                .filter(each -> each.count() > 0)
                .toList();
    }

    /** The parts that were run on their own, with dead letters or without. */
    public List<PartText> allParts(OpenResources resources, CheckpointStore whole) {
        return new PartList(whole)
                .read().stream()
                        .map(each -> new PartText(
                                each.asked(),
                                new LetterText(retrying(
                                        resources, () -> storeDefinition().open(resources, part(each.name()))))))
                        .toList();
    }

    /** Lists all dead letters: those of the whole run, then those of each part. */
    public void listLetters(CheckpointStore whole, List<PartText> parts, boolean json) {
        new LetterText(whole).each(json, line -> print(line, json));
        for (PartText part : parts) {
            if (!json) {
                print(part.headline(), false);
            }
            part.letters().each(json, line -> print(line, json));
        }
    }

    private void print(String line, boolean json) {
        List<String> lines =
                json ? List.of(line) : Wrapping.lines(line, streams.screen().width(), "", "    ");
        lines.forEach(out()::println);
    }

    /** Says on standard error what a person should know, wrapped for a terminal. */
    public void report(String text) {
        err().println(streams.screen().wrapped(text));
    }

    /** Reports an error in the user's words, and gives the exit code. */
    public int failed(Throwable failure) {
        if (verbose) {
            failure.printStackTrace(err());
        }
        if (failure instanceof WrongUseException wrong) {
            wrong.problems().forEach(this::report);
            return ExitCode.WRONG_USE.code();
        } else if (failure instanceof ScriptException mistake) {
            mistake.mistakes().forEach(this::report);
            return ExitCode.WRONG_USE.code();
        } else if (failure instanceof IllegalArgumentException || failure instanceof UnfitScopeException) {
            report(String.valueOf(failure.getMessage()));
            return ExitCode.WRONG_USE.code();
        }
        report(plan().name() + ": " + message(failure));
        return code(failure);
    }

    private static int code(Throwable failure) {
        if (failure instanceof ChangedException) {
            return ExitCode.WRONG_USE.code();
        }
        if (failure instanceof ThrottledFailure || failure instanceof PausedException) {
            return ExitCode.PAUSED.code();
        }
        return failure instanceof OwnedException || failure instanceof LeaseLostException
                ? ExitCode.OWNED.code()
                : ExitCode.FAILED.code();
    }

    private String message(Throwable failure) {
        if (failure instanceof Error error) {
            return ErrorText.of(error);
        }
        boolean told = failure instanceof Failure
                || failure instanceof OwnedException
                || failure instanceof LeaseLostException
                || failure instanceof ChangedException
                || failure instanceof ForeignCheckpointException
                || failure instanceof StoppedException
                || failure instanceof PausedException;
        return told
                ? String.valueOf(failure.getMessage())
                : "unexpected " + failure + (verbose ? "" : "; run again with --verbose to see where it came from");
    }
}
