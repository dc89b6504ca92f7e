package dev.backfill.cli.steer;

import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "resume",
        description = "Lifts a pause or a cancel: a waiting run continues, and a run may be started again.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "The reason, which status" + " shows to others.")
    private String reason = "";

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ControlRequests.send(session, output, reason, (requests, request) -> requests.resumed(), "resumed");
    }
}
