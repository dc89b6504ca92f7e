package dev.backfill.plan;

import java.util.List;

/** What a script does that is not a backfill: the value of a root word, run when the script is launched. */
public interface Entry {
    /**
     * Runs to the end.
     *
     * @param arguments the command line after the script's name
     * @return the process' exit code
     */
    int run(List<String> arguments);
}
