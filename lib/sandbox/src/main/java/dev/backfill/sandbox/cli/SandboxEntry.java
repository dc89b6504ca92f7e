package dev.backfill.sandbox.cli;

import dev.backfill.plan.Entry;
import dev.backfill.sandbox.plan.Declaration;
import java.util.List;
import picocli.CommandLine;

/** Runs a declared sandbox from the command line. */
public record SandboxEntry(Declaration declaration) implements Entry {
    @Override
    public int run(List<String> arguments) {
        return new CommandLine(new SandboxCommand(declaration))
                .setCommandName("sandbox " + declaration.name())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("sandbox " + declaration.name() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(arguments.toArray(String[]::new));
    }
}
