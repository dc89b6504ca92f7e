package dev.backfill.cli.look;

import dev.backfill.cli.session.Session;
import java.util.List;
import picocli.CommandLine;

/** Makes the commands that look. */
public final class LookCommands {
    private LookCommands() {}

    public static List<CommandLine> of(Session session) {
        return List.of(
                new CommandLine(new CheckCommand(session)),
                new CommandLine(new PlanCommand(session)),
                new CommandLine(new StatusCommand(session)),
                new CommandLine(new ValidateCommand(session)));
    }
}
