package dev.backfill.cli;

import dev.backfill.cli.option.Quoted;
import dev.backfill.plan.OptionDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Writes the script's own options as they were given, so that a next start can be given them, too. */
final class ScriptArguments {
    private ScriptArguments() {}

    static String again(ParseResult given, List<OptionDefinition> options) {
        StringBuilder text = new StringBuilder();
        options.forEach(option -> given(given, option).ifPresent(spec -> text.append(text(option, spec))));
        return text.toString();
    }

    /** It may stand before a command's name or after it. */
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
