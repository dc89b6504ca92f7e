package dev.backfill.sandbox.plan;

import java.util.List;
import java.util.Map;

/**
 * Names the script of a sandbox.
 *
 * @param path from the folder that holds {@code scripts/}
 * @param variables those of a run by the sandbox itself, and of no other
 * @param arguments what it is given on its command line
 * @param again true if it is run once more, and then may not touch a row
 */
public record ScriptToRun(String path, Map<String, String> variables, List<String> arguments, boolean again) {
    public ScriptToRun {
        variables = Map.copyOf(variables);
        arguments = List.copyOf(arguments);
    }
}
