package dev.backfill.plan;

import java.util.List;

/** Mistakes of a script, each as file:line:column, what is wrong, and the line with a caret. */
public final class ScriptException extends RuntimeException {
    private final List<String> mistakes;

    public ScriptException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public ScriptException(String mistake, Throwable cause) {
        super(mistake, cause);
        this.mistakes = List.of(mistake);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
