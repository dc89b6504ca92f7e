package dev.backfill.cli;

import dev.backfill.cli.checkpoint.CheckpointCommands;
import dev.backfill.cli.look.LookCommands;
import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.Session;
import dev.backfill.cli.session.Streams;
import dev.backfill.cli.steer.SteerCommands;
import dev.backfill.plan.OptionDefinition;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line of a script; without a command it runs the backfill. */
@Command(
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong use or a mistake in the script,",
            "3 done with dead letters, 4 paused as told, 5 what was looked at does not hold",
            "(plan, validate), 6 another runner owns it, 129/130/143 stopped by a signal",
            "with the checkpoint saved."
        })
public final class BackfillCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private RunSettings settings = new RunSettings();

    private BackfillCommand(Session session) {
        this.session = session;
    }

    /** Carries out the command that the arguments name, and gives its exit code. Prints to standard output and error. */
    public static int execute(Program program, List<String> args) {
        return execute(
                program,
                args,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** The same, printing elsewhere. */
    public static int execute(Program program, List<String> args, PrintWriter out, PrintWriter err) {
        Session session = new Session(program.backfill(), program.problems(), program.script(), new Streams(out, err));
        CommandLine line = line(session);
        line.setCommandName(session.commandName());
        line.getCommandSpec().usageMessage().description(program.backfill().about());
        line.setOut(out).setErr(err).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        line.setExecutionExceptionHandler((failure, command, parsed) -> session.failed(failure));
        line.setParameterExceptionHandler(new Misuse());
        line.setExecutionStrategy(given -> {
            session.given(ScriptArguments.again(given, program.backfill().options()));
            return new CommandLine.RunLast().execute(given);
        });
        program.backfill().options().forEach(option -> declare(line, option));
        return line.execute(named(program, args).toArray(String[]::new));
    }

    private static CommandLine line(Session session) {
        CommandLine line = new CommandLine(new BackfillCommand(session));
        line.addSubcommand(new RunCommand(session));
        LookCommands.of(session).forEach(line::addSubcommand);
        line.addSubcommand(new RetryCommand(session));
        CheckpointCommands.of(session).forEach(line::addSubcommand);
        SteerCommands.of(session).forEach(line::addSubcommand);
        tellVersion(line);
        return line;
    }

    private static void tellVersion(CommandLine line) {
        String version = BackfillCommand.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("backfill " + (version == null ? "(of no jar, so without a version)" : version));
        line.getSubcommands().values().forEach(BackfillCommand::tellVersion);
    }

    /** A step's name alone is short for --phase and the name. */
    private static List<String> named(Program program, List<String> args) {
        boolean step = !args.isEmpty()
                && program.backfill().phases().stream()
                        .anyMatch(phase -> phase.step().equals(Optional.of(args.get(0))));
        return step ? Stream.concat(Stream.of("--phase"), args.stream()).toList() : args;
    }

    @Override
    public Integer call() {
        return RunCommand.run(session, settings);
    }

    /** The value was read before the script's body ran; here the option is only known, for help and for misspelt ones. */
    private static void declare(CommandLine line, OptionDefinition option) {
        CommandSpec spec = line.getCommandSpec();
        OptionSpec known = OptionSpec.builder("--" + option.name())
                .type(option.flag() ? Boolean.class : String[].class)
                .arity(option.flag() ? "0" : "1")
                .paramLabel("VALUE")
                .description(option.help())
                .build();
        spec.addOption(known);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .addOption(OptionSpec.builder(known).build()));
    }
}
