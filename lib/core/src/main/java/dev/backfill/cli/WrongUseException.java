package dev.backfill.cli;

import java.util.List;

/** The command cannot be carried out as it was given. */
final class WrongUseException extends RuntimeException {
    private final List<String> problems;

    WrongUseException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
