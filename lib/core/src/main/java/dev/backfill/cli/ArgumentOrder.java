package dev.backfill.cli;

import dev.backfill.plan.Backfill;
import dev.backfill.plan.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Moves the options that were typed before a command's name behind it, so that the command reads them or refuses them. A
 * step's name is short for --phase and the name.
 */
record ArgumentOrder(CommandLine root, Backfill plan) {
    List<String> of(List<String> typed) {
        List<String> commands = new ArrayList<>();
        List<String> options = new ArrayList<>();
        CommandLine command = root;
        int at = 0;
        while (at < typed.size() && !typed.get(at).equals("--")) {
            String word = typed.get(at);
            if (word.startsWith("-")) {
                int end = Math.min(typed.size(), at + width(word));
                options.addAll(typed.subList(at, end));
                at = end;
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
                commands.add(word);
                at++;
            } else if (isStep(word)
                    && command.getCommandSpec().positionalParameters().isEmpty()) {
                options.addAll(List.of("--phase", word));
                at++;
            } else {
                break;
            }
        }
        return Stream.of(commands, options, typed.subList(at, typed.size()))
                .flatMap(List::stream)
                .toList();
    }

    /** How many words an option is with its value. */
    private int width(String option) {
        boolean apart = tree(root)
                .flatMap(command -> Optional.ofNullable(command.getCommandSpec().findOption(option)).stream())
                .map(OptionSpec::arity)
                .anyMatch(arity -> arity.min() > 0);
        return apart ? 2 : 1;
    }

    private boolean isStep(String word) {
        return plan.phases().stream().map(Phase::step).anyMatch(Optional.of(word)::equals);
    }

    /** A command and all commands below it. */
    static Stream<CommandLine> tree(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ArgumentOrder::tree));
    }
}
