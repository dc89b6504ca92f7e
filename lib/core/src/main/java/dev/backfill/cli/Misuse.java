package dev.backfill.cli;

import dev.backfill.cli.session.ExitCode;
import dev.backfill.words.Nearest;
import dev.backfill.words.RenamedWords;
import dev.backfill.words.RenamedWords.Renamed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports in a line what is wrong with a command line, and in another where all options stand. */
final class Misuse implements IParameterExceptionHandler {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class);

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(text(wrong, line));
        line.getErr().println("see all options: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_USE.code();
    }

    private static String text(ParameterException wrong, CommandLine line) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String renamed = renamed(unmatched.getUnmatched());
            return renamed.isEmpty() ? unknown(unmatched.getUnmatched().get(0), line) : renamed;
        } else if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(Misuse::needed).collect(Collectors.joining("\n"));
        }
        ArgSpec option = wrong.getArgSpec();
        return option != null && wrong.getValue() != null && !kind(option).isEmpty()
                ? name(option) + " takes " + kind(option) + ", but is '" + wrong.getValue() + "'"
                : String.valueOf(wrong.getMessage());
    }

    /** A line for each option that is called otherwise now. */
    private static String renamed(List<String> arguments) {
        return arguments.stream()
                .map(argument -> RenamedWords.option(argument.replaceFirst("=.*", "")))
                .flatMap(Optional::stream)
                .map(Renamed::message)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static String unknown(String argument, CommandLine line) {
        if (argument.startsWith("-")) {
            return unknownOption(argument.replaceFirst("=.*", ""), line);
        }
        Set<String> commands = new TreeSet<>(line.getSubcommands().keySet());
        if (commands.isEmpty()) {
            return "unexpected argument '" + argument + "'";
        }
        String hint = Nearest.hint(argument, commands);
        return "unknown command '" + argument + "'"
                + (hint.isEmpty() ? "; there are " + String.join(", ", commands) : hint);
    }

    private static String unknownOption(String name, CommandLine line) {
        CommandLine root = line;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        String start = root.getCommandName() + " ";
        List<String> having = ArgumentOrder.tree(root)
                .filter(command -> command.getParent() != null)
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.findOption(name) != null)
                .map(command -> command.qualifiedName().substring(start.length()))
                .sorted()
                .toList();
        if (having.isEmpty()) {
            return "unknown option '" + name + "'"
                    + Nearest.hint(name, line.getCommandSpec().optionsMap().keySet());
        }
        return (line == root
                        ? "unknown option '" + name + "'"
                        : line.getCommandSpec().qualifiedName().substring(start.length()) + " has no option '" + name
                                + "'")
                + "; it belongs to " + String.join(", ", having);
    }

    private static String needed(ArgSpec missing) {
        String label = missing.paramLabel();
        return missing instanceof OptionSpec option && !option.required()
                ? name(missing) + " needs a value: " + name(missing) + " " + label
                : "missing: " + (missing instanceof OptionSpec ? name(missing) + " " : "") + label;
    }

    private static String kind(ArgSpec option) {
        Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
        return WHOLE.contains(type) ? "a whole number" : NUMBERS.contains(type) ? "a number" : "";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
