package dev.backfill.cli.checkpoint;

import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointCopy;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.WrongUseException;
import dev.backfill.run.OpenResources;
import dev.backfill.words.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Writes position, counts and dead letters to a file, for 'checkpoint import' into this store or"
                + " another.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The file, which must not exist yet.")
    private Path file = Path.of("");

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (OpenResources resources = session.open(output.output())) {
            CheckpointStore store = session.store(resources);
            Checkpoint checkpoint = store.read()
                    .checkpoint()
                    .orElseThrow(() -> new WrongUseException(List.of("there is no checkpoint yet: nothing to export")));
            CheckpointCopy copy = CheckpointCopy.of(store, checkpoint.run());
            write(copy.json());
            session.out()
                    .println("run " + checkpoint.run().id() + " and "
                            + Quantity.of(copy.deadLetters().size(), "dead letter")
                            + " are in " + file + "; load them into a store with: " + session.start()
                            + " checkpoint import "
                            + file + output.again() + session.given());
            return ExitCode.DONE.code();
        }
    }

    private void write(String json) {
        try {
            Files.writeString(Files.createFile(file), json);
        } catch (IOException e) {
            throw new WrongUseException(
                    List.of("the file " + file + " cannot be made (" + e + "); name one that does not exist yet"));
        }
    }
}
