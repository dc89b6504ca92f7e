package dev.backfill.cli.steer;

import dev.backfill.cli.session.Session;
import java.util.List;
import picocli.CommandLine;

/** Makes the commands that steer a run. */
public final class SteerCommands {
    private SteerCommands() {}

    public static List<CommandLine> of(Session session) {
        return List.of(
                new CommandLine(new PauseCommand(session)),
                new CommandLine(new ResumeCommand(session)),
                new CommandLine(new CancelCommand(session)),
                new CommandLine(new TuneCommand(session)),
                new CommandLine(new TakeoverCommand(session)));
    }
}
