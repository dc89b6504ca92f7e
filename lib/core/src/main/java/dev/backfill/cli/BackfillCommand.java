package dev.backfill.cli;

import dev.backfill.cli.checkpoint.CheckpointCommands;
import dev.backfill.cli.look.LookCommands;
import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Streams;
import dev.backfill.cli.steer.SteerCommands;
import dev.backfill.plan.Backfill;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of a script; without a command it runs the backfill. */
@Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "[COMMAND]")
public final class BackfillCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private RunSettings settings = new RunSettings();

    private BackfillCommand(Session session) {
        this.session = session;
    }

    /** Carries out the command that the arguments name, and gives its exit code. Prints to standard output and error. */
    public static int execute(Program program, List<String> args) {
        return execute(program, args, Streams.standard());
    }

    /** The same, printing elsewhere as into a pipe. */
    public static int execute(Program program, List<String> args, PrintWriter out, PrintWriter err) {
        return execute(program, args, new Streams(out, err));
    }

    /** The same, printing elsewhere. */
    public static int execute(Program program, List<String> args, Streams streams) {
        Session session = new Session(program.backfill(), program.problems(), program.script(), streams);
        CommandLine line = line(session, program.backfill());
        line.setOut(streams.out()).setErr(streams.err());
        HelpPage.lay(line, args.contains("--no-color") ? streams.screen().plain() : streams.screen());
        line.setExecutionExceptionHandler((failure, command, parsed) -> session.failed(failure));
        line.setParameterExceptionHandler(new Misuse());
        line.setExecutionStrategy(given -> {
            session.given(ScriptArguments.again(given, program.backfill().options()));
            return new CommandLine.RunLast().execute(given);
        });
        try {
            return line.execute(
                    new ArgumentOrder(line, program.backfill()).of(args).toArray(String[]::new));
        } catch (LinkageError | VirtualMachineError error) {
            return session.failed(error);
        }
    }

    /** All commands, with the options that the script declares. */
    static CommandLine line(Session session, Backfill plan) {
        CommandLine line = new CommandLine(new BackfillCommand(session));
        line.addSubcommand(new RunCommand(session));
        LookCommands.of(session).forEach(line::addSubcommand);
        line.addSubcommand(new RetryCommand(session));
        CheckpointCommands.of(session).forEach(line::addSubcommand);
        SteerCommands.of(session).forEach(line::addSubcommand);
        tellVersion(line);
        line.setCommandName(session.commandName()).setExpandAtFiles(false);
        line.getCommandSpec().usageMessage().description(plan.about());
        ScriptArguments.declare(line, plan.options());
        return line;
    }

    private static void tellVersion(CommandLine line) {
        String version = BackfillCommand.class.getPackage().getImplementationVersion();
        line.getCommandSpec()
                .version("backfill "
                        + (version == null ? "(not run from a jar, so the version is" + " unknown)" : version));
        line.getSubcommands().values().forEach(BackfillCommand::tellVersion);
    }

    @Override
    public Integer call() {
        return RunCommand.run(session, settings);
    }
}
