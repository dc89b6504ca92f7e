package dev.backfill.cli.checkpoint;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointCopy;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.RunState;
import dev.backfill.checkpoint.RunStatus;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.engine.opening.Scheme;
import dev.backfill.position.DocumentedFields;
import dev.backfill.run.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Replaces position, counts and dead letters with what 'checkpoint export' wrote.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CheckpointCopy copy = CheckpointCopy.read(text());
        if (!copy.backfill().equals(session.plan().name())) {
            throw new WrongUseException(List.of(file + " contains a position of '" + copy.backfill() + "', not of '"
                    + session.plan().name() + "'; name another file, or use its script"));
        }
        RunState run = new Scheme(session.plan(), Extent.all()).matching(copy.run());
        String question = "Replace position, counts and dead letters of "
                + session.plan().name() + " by those of run " + run.id() + "?";
        return CheckpointCommand.changed(
                session, output, yes, question, (store, lease) -> put(store, lease, run, copy));
    }

    private void put(CheckpointStore store, Lease lease, RunState run, CheckpointCopy copy) {
        RunState idle = run.status() == RunStatus.RUNNING ? run.with(RunStatus.STOPPED) : run;
        store.clear(lease);
        store.addDeadLetters(lease, copy.deadLetters());
        store.save(lease, new Checkpoint(idle, DocumentedFields.of(session.plan(), idle)));
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new WrongUseException(List.of("the file " + file + " cannot be read: " + e));
        }
    }
}
