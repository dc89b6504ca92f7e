package dev.backfill.cli.session;

import java.util.List;

/** The command cannot be carried out as it was given. */
public final class WrongUseException extends RuntimeException {
    private final List<String> problems;

    public WrongUseException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
