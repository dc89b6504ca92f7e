package dev.backfill.cli.look;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.cli.option.OutputOptions;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Checks the script and its settings; connects to nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOptions output = new OutputOptions();

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (output.output().json()) {
            session.out().println(CheckpointJson.write(Map.of("mistakes", session.problems())));
        } else {
            session.problems().forEach(session::report);
        }
        if (!session.problems().isEmpty()) {
            return ExitCode.WRONG_USE.code();
        }
        if (!output.output().json()) {
            session.out().println(session.commandName() + ": no mistakes found");
        }
        return ExitCode.DONE.code();
    }
}
