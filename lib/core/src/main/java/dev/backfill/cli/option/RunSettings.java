package dev.backfill.cli.option;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.cli.session.Output;
import dev.backfill.connector.UnfitKeyException;
import dev.backfill.plan.Backfill;
import dev.backfill.plan.DeadLetterLimit;
import dev.backfill.run.Concurrency;
import dev.backfill.run.RunOptions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a run. */
public final class RunSettings {
    @Option(names = "--batch-size", paramLabel = "RECORDS", description = "Records per batch, in every phase.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--no-wait",
            description = "Gives up (exit 6) instead of waiting until a silent owner's lease expires.")
    private boolean noWait;

    @Option(names = "--dry-run", description = "Makes a complete pass without writing, and shows what would change.")
    private boolean dryRun;

    @Option(
            names = "--sample-size",
            paramLabel = "RECORDS",
            description = "How many changes of each target are shown; a dry run shows 5, plan 2.")
    private @Nullable Integer sampleSize;

    @Option(
            names = "--parallel",
            paramLabel = "SPLITS",
            defaultValue = "1",
            description = "Works on this many splits of a phase at once.")
    private int parallel;

    @Option(
            names = "--in-flight",
            paramLabel = "BATCHES",
            defaultValue = "4",
            description = "How many batches of a split are in flight at most; 1: one after the other.")
    private int inFlight;

    @Option(
            names = "--exit-on-pause",
            description = "Ends (exit 4) when a person pauses it, instead of waiting up to an hour for resume.")
    private boolean exitOnPause;

    @Mixin
    private ExtentSettings extent = new ExtentSettings();

    @Option(
            names = "--max-dead-letters",
            paramLabel = "LIMIT",
            description = "Ends the run (exit 1) when more records are rejected: a number (500) or a share (0.05%%).")
    private @Nullable String maxDeadLetters;

    @Option(
            names = "--restart",
            description = "Begins again from the first record; former dead letters stay in the history.")
    private boolean restart;

    @Option(
            names = "--restart-when-done",
            description = "Begins again if the last run is done, otherwise resumes it: one command for schedulers.")
    private boolean restartWhenDone;

    @Option(
            names = "--accept-changes",
            description = "Resumes although the script, or what it works on, changed since the run began.")
    private boolean acceptChanges;

    @Option(
            names = "--accept-legacy",
            description = "Takes over the checkpoint of an earlier program, as the script's legacy says.")
    private boolean acceptLegacy;

    @Mixin
    private EndSettings end = new EndSettings();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Reads .env.NAME before .env; variables that are set win over both.")
    private @Nullable String environment;

    @Option(names = "--json", description = "Prints the log and the summary as JSON, one object per line.")
    private boolean json;

    @Option(names = "--quiet", description = "Only warnings and the summary.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            description = "Logs every batch, and shows more facts, whole values, and where" + " an error came from.")
    private boolean verbose;

    @Option(names = "--no-color", description = "Uses no colour on a terminal, as with NO_COLOR=1.")
    private boolean noColour;

    /** The failure; of a key that does not fit, one that says where it is written. */
    public Throwable placed(Throwable failure) {
        return failure instanceof UnfitKeyException unfit ? extent.placed(unfit) : failure;
    }

    /** {@link IllegalArgumentException} if an option has a value that makes no sense. */
    public RunOptions options(Instant now, ZoneId zone) {
        Integer size = batchSize;
        if (size != null && size < 1) {
            throw new IllegalArgumentException("--batch-size must be at least 1, but is " + size);
        }
        if (sampleSize(0) < 0) {
            throw new IllegalArgumentException("--sample-size cannot be negative, but is " + sampleSize);
        }
        if (acceptLegacy && restart) {
            throw new IllegalArgumentException(
                    "--restart forgets what --accept-legacy takes over; leave one of them out");
        }
        return new RunOptions(
                size == null ? OptionalInt.empty() : OptionalInt.of(size),
                !noWait,
                dryRun,
                restart,
                acceptChanges,
                extent.extent(now, zone),
                concurrency(),
                exitOnPause);
    }

    private Concurrency concurrency() {
        if (parallel < 1 || inFlight < 1) {
            throw new IllegalArgumentException(
                    "--parallel and --in-flight must be at least 1, but are " + parallel + " and " + inFlight);
        }
        return new Concurrency(parallel, inFlight);
    }

    /** The plan with the limits of the command line. */
    public Backfill applied(Backfill plan) {
        return Optional.ofNullable(maxDeadLetters)
                .map(text -> plan.with(limit(text)))
                .orElse(plan);
    }

    private static DeadLetterLimit limit(String text) {
        try {
            return DeadLetterLimit.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--max-dead-letters " + e.getMessage() + ", but is '" + text + "'", e);
        }
    }

    /** The options, with a restart if the run is done and is to begin again then. */
    public RunOptions decided(RunOptions stated, CheckpointStore store) {
        boolean done = restartWhenDone
                && store.read()
                        .checkpoint()
                        .filter(checkpoint -> checkpoint.run().status() == RunStatus.DONE)
                        .isPresent();
        return done ? stated.restarted() : stated;
    }

    /** True if a run that is done is to begin again. */
    public boolean restartWhenDone() {
        return restartWhenDone;
    }

    /** True if an earlier program's checkpoint is to be taken over. */
    public boolean acceptLegacy() {
        return acceptLegacy;
    }

    public EndSettings end() {
        return end;
    }

    public int sampleSize(int usual) {
        return sampleSize == null ? usual : sampleSize;
    }

    public Output output() {
        return new Output(json, quiet, verbose, !noColour);
    }

    /** The arguments that choose a part. */
    public String part() {
        return extent.again().strip();
    }

    /** The arguments that a command needs to find what this run works on. */
    public String place() {
        return environment == null ? "" : " --environment " + Quoted.text(environment);
    }

    /** The arguments that a next start needs to mean the same. */
    public String again() {
        return place()
                + (dryRun ? " --dry-run" : "")
                + (batchSize == null ? "" : " --batch-size " + batchSize)
                + (parallel == 1 ? "" : " --parallel " + parallel)
                + (inFlight == Concurrency.standard().inFlight() ? "" : " --in-flight " + inFlight)
                + (maxDeadLetters == null ? "" : " --max-dead-letters " + maxDeadLetters)
                + (restartWhenDone ? " --restart-when-done" : "")
                + (acceptLegacy ? " --accept-legacy" : "")
                + end.again()
                + extent.again();
    }
}
