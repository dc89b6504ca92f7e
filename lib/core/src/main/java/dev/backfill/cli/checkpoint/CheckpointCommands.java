package dev.backfill.cli.checkpoint;

import dev.backfill.cli.session.Session;
import java.util.List;
import picocli.CommandLine;

/** Makes the commands that keep house with what is saved. */
public final class CheckpointCommands {
    private CheckpointCommands() {}

    public static List<CommandLine> of(Session session) {
        return List.of(
                new CommandLine(new CheckpointCommand(session))
                        .addSubcommand(new ExportCommand(session))
                        .addSubcommand(new ImportCommand(session)),
                new CommandLine(new PurgeCommand(session)));
    }
}
