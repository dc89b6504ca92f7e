package dev.backfill.sandbox.plan;

import java.util.Map;

/**
 * Names the script of a sandbox.
 *
 * @param path from the folder that holds {@code scripts/}
 * @param variables those of a run by the sandbox itself, and of no other
 */
public record ScriptToRun(String path, Map<String, String> variables) {
    public ScriptToRun {
        variables = Map.copyOf(variables);
    }
}
