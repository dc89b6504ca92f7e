package dev.backfill.cli.look;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.Owner;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Signals;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.connector.Failure;
import dev.backfill.connector.LockWait;
import dev.backfill.connector.Lockable;
import dev.backfill.control.ControlStateStore;
import dev.backfill.control.LiveStatusStore;
import dev.backfill.control.RunHistory;
import dev.backfill.layout.Style;
import dev.backfill.report.HistoryText;
import dev.backfill.report.LetterText;
import dev.backfill.report.PartText;
import dev.backfill.report.StatusText;
import dev.backfill.run.OpenResources;
import dev.backfill.time.StopSignal;
import dev.backfill.time.StoppedException;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows how far the backfill is and who works on it; changes nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--dead-letters",
            description =
                    "Lists all records that could not be written, and why; with --history also those of former runs.")
    private boolean deadLetters;

    @Option(
            names = "--history",
            description = "Lists the last 100 attempts: when, how they ended, counts, and who started them.")
    private boolean history;

    @Option(names = "--watch", description = "Repeats while a run is in progress.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How often --watch repeats.")
    private double interval;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (interval <= 0) {
            throw new WrongUseException(List.of("--interval must be above 0, but is " + interval));
        }
        StopSignal stop = session.stop();
        if (watch) {
            Signals.watch(stop);
        }
        try (OpenResources resources = session.open(output.output())) {
            CheckpointStore store = session.store(resources);
            List<PartText> parts = session.parts(resources, store);
            while (told(resources, store, parts) && watch) {
                new Waiter(new SystemTime(), stop).pause(Duration.ofMillis(Math.round(interval * 1_000)));
            }
            return ExitCode.DONE.code();
        } catch (StoppedException e) {
            return ExitCode.DONE.code();
        }
    }

    /** As the checkpoint's server says, if it has locks; a server that does not answer is no error of the run. */
    private static Optional<List<LockWait>> waits(OpenResources resources) {
        try {
            return Optional.of(resources.all(Lockable.class).stream()
                    .flatMap(database -> database.lockWaits().stream())
                    .toList());
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** True if a run is in progress. */
    private boolean told(OpenResources resources, CheckpointStore store, List<PartText> parts) {
        StatusText status = new StatusText(
                session.plan(),
                session.storeDefinition().title(),
                store.read(),
                new LetterText(store),
                parts,
                new ControlStateStore(store).read(),
                new LiveStatusStore(store).read(),
                new StatusText.Look(Instant.now(), session.screen(output.output()), waits(resources)));
        session.out().println(output.output().json() ? status.json() : status.text());
        if (history) {
            Optional<Owner> owner =
                    store.read().holder().filter(LeaseHolder::works).map(LeaseHolder::owner);
            HistoryText attempts = new HistoryText(new RunHistory(store).read(), owner);
            session.out()
                    .println(
                            output.output().json()
                                    ? CheckpointJson.write(attempts.attempts())
                                    : "\n" + attempts.text(session.screen(output.output())));
        }
        if (deadLetters) {
            if (!output.output().json()) {
                session.out().println(deadLettersHeading(store, parts));
            }
            session.listLetters(store, parts, output.output().json());
            if (history) {
                new LetterText(store).eachFormer(output.output().json(), session.out()::println);
            }
        }
        return status.owned();
    }

    private String deadLettersHeading(CheckpointStore store, List<PartText> parts) {
        boolean none = store.letterCounts().isEmpty() && parts.isEmpty();
        return "\n" + session.screen(output.output()).styled(Style.HEADING, none ? "No dead letters" : "Dead letters");
    }
}
