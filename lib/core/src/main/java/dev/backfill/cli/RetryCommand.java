package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.cli.option.ExtentSettings;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Signals;
import dev.backfill.letter.Tally;
import dev.backfill.report.LetterText;
import dev.backfill.report.PartText;
import dev.backfill.report.RunReport;
import dev.backfill.retrial.LetterRetry;
import dev.backfill.retrial.Selection;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.ThisMachine;
import dev.backfill.time.Stop;
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retry",
        description = {
            "Reads the records of the dead letters again by their keys, and gives them to today's transform and sinks.",
            "Those that succeed are taken off the list; exit 0 when it is empty, else 3."
        },
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--list", description = "Only lists all dead letters, one per line; tries nothing.")
    private boolean list;

    @Option(names = "--phase", paramLabel = "NAME", description = "Only dead letters of this phase.")
    private @Nullable String phase;

    @Option(names = "--keys", paramLabel = "FILE", description = "Only dead letters with these keys, one a line.")
    private @Nullable Path keys;

    @Option(names = "--limit", paramLabel = "LETTERS", description = "Retries at most this many.")
    private @Nullable Long limit;

    @Option(
            names = "--from-payload",
            description = "Writes the records as the dead letters contain them; reads nothing from the source.")
    private boolean fromPayload;

    @Option(names = "--accept-changes", description = "Retries although the sources or sinks are not those of the run.")
    private boolean acceptChanges;

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        StopSignal stop = session.stop();
        Signals signals = Signals.watch(stop);
        Time time = new SystemTime();
        Selection selection = selection();
        try (RunReport report = RunReport.silent(session.plan(), time);
                OpenResources resources = session.open(output.output(), list, 3)) {
            CheckpointStore store = session.store(resources);
            List<PartText> parts = session.parts(resources, store);
            if (list) {
                session.listLetters(store, parts, output.output().json());
                return ExitCode.DONE.code();
            }
            ThisMachine machine = session.machine();
            RunContext context = session.context(time, stop, report);
            List<CheckpointStore> stores = stores(store, parts);
            Tally tally = Tally.none();
            for (CheckpointStore each : stores) {
                Selection rest = selection.after(tally.tried());
                tally = tally.plus(new LetterRetry(session.plan(), context, machine, rest).run(resources, each));
            }
            return told(tally, stores);
        } catch (StoppedException stopped) {
            session.err()
                    .println("stopped; what was tried so far is kept, resume with: " + session.start() + " retry"
                            + output.again() + session.given());
            return stop.given().map(Stop::exitCode).orElse(ExitCode.FAILED.code());
        } finally {
            signals.close();
        }
    }

    private Selection selection() {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("--limit must be at least 1, but is " + limit);
        }
        return new Selection(
                Optional.ofNullable(phase),
                Optional.ofNullable(keys).map(file -> new HashSet<>(ExtentSettings.read(file))),
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
                fromPayload,
                acceptChanges);
    }

    /** Parts have a list of their own each. */
    private static List<CheckpointStore> stores(CheckpointStore whole, List<PartText> parts) {
        Stream<CheckpointStore> first =
                parts.isEmpty() || whole.countDeadLetters() > 0 ? Stream.of(whole) : Stream.of();
        return Stream.concat(first, parts.stream().map(part -> part.letters().store()))
                .toList();
    }

    private int told(Tally tally, List<CheckpointStore> stores) {
        LetterText letters = new LetterText(stores.get(0));
        long left = stores.stream().mapToLong(CheckpointStore::countDeadLetters).sum();
        if (output.output().json()) {
            session.out().println(CheckpointJson.write(letters.object(tally, left)));
        } else {
            session.out().println(session.plan().name() + ": " + letters.text(tally, left));
            if (left > 0) {
                stores.forEach(store -> new LetterText(store).summary().forEach(session.out()::println));
                session.out()
                        .println("fix what they say, then: " + session.start() + " retry" + output.again()
                                + session.given());
            }
        }
        return left == 0 ? ExitCode.DONE.code() : ExitCode.DEAD_LETTERS.code();
    }
}
