package dev.backfill.cli;

import dev.backfill.cli.option.Quoted;
import dev.backfill.plan.OptionDefinition;
import dev.backfill.plan.ScriptException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Adds the options that a script declares to every command, and writes them as they were given, to be repeated. */
final class ScriptArguments {
    private ScriptArguments() {}

    /**
     * Makes every command know the script's options, for its help and for misspelt ones; their values were read before the
     * script's body ran. {@link ScriptException} if a command has an option of that name already.
     */
    static void declare(CommandLine root, List<OptionDefinition> options) {
        for (OptionDefinition option : options) {
            List<String> having = ArgumentOrder.tree(root)
                    .map(CommandLine::getCommandSpec)
                    .filter(command -> command.findOption("--" + option.name()) != null)
                    .map(CommandSpec::qualifiedName)
                    .toList();
            if (!having.isEmpty()) {
                throw new ScriptException(List.of("the script declares the option '" + option.name()
                        + "', but --" + option.name() + " is already an option of " + String.join(", ", having)
                        + "; choose another name"));
            }
            OptionSpec known = known(option);
            ArgumentOrder.tree(root)
                    .forEach(command -> command.getCommandSpec()
                            .addOption(OptionSpec.builder(known).build()));
        }
    }

    private static OptionSpec known(OptionDefinition option) {
        return OptionSpec.builder("--" + option.name())
                .type(option.flag() ? Boolean.class : String[].class)
                .arity(option.flag() ? "0" : "1")
                .paramLabel("VALUE")
                .description(option.help())
                .build();
    }

    static String again(ParseResult given, List<OptionDefinition> options) {
        StringBuilder text = new StringBuilder();
        options.forEach(option -> given(given, option).ifPresent(spec -> text.append(text(option, spec))));
        return text.toString();
    }

    private static Optional<OptionSpec> given(ParseResult given, OptionDefinition option) {
        return Stream.iterate(given, each -> each != null, ParseResult::subcommand)
                .flatMap(each -> Optional.ofNullable(each.matchedOption("--" + option.name())).stream())
                .reduce((first, second) -> second);
    }

    private static String text(OptionDefinition option, OptionSpec spec) {
        List<String> values = spec.stringValues();
        return " --" + option.name() + (option.flag() ? "" : " " + Quoted.text(values.get(values.size() - 1)));
    }
}
