package dev.backfill.cli.option;

import dev.backfill.cli.session.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that only look. */
public final class OutputOptions {
    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Reads .env.NAME before .env; variables that are set win over both.")
    private @Nullable String environment;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "Shows more facts, whole values, and where an error came from.")
    private boolean verbose;

    @Option(names = "--no-color", description = "Uses no colour on a terminal, as with NO_COLOR=1.")
    private boolean noColour;

    public Output output() {
        return new Output(json, false, verbose, !noColour);
    }

    /** The environment asked for, for messages that repeat the command. */
    public String again() {
        return environment == null ? "" : " --environment " + Quoted.text(environment);
    }
}
