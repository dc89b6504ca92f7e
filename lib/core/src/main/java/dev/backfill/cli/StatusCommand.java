package dev.backfill.cli;

import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.report.LetterText;
import dev.backfill.report.StatusText;
import dev.backfill.run.OpenResources;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Tells where the backfill stands and who works on it; changes nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--dead-letters", description = "Lists all records that could not be written, and why.")
    private boolean deadLetters;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (OpenResources resources = session.open(output.output())) {
            CheckpointStore store = session.store(resources);
            StatusText status = new StatusText(
                    session.plan(), session.storeDefinition().title(), store.read(), new LetterText(store));
            session.out().println(output.output().json() ? status.json() : status.text());
            if (deadLetters) {
                new LetterText(store).each(output.output().json(), session.out()::println);
            }
            return ExitCode.DONE;
        }
    }
}
