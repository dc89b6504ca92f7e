package dev.backfill.cli.steer;

import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Session;
import dev.backfill.control.ControlState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pause",
        description =
                "Pauses the run, on whatever machine, after the batches in flight; also later attempts, until resume.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "The reason, which status" + " shows to others.")
    private String reason = "";

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ControlRequests.send(session, output, reason, ControlState::paused, "paused");
    }
}
