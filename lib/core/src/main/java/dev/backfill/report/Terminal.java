package dev.backfill.report;

import java.io.Console;
import java.util.Optional;

/** Says whether a person watches, and asks that person. */
public final class Terminal {
    private Terminal() {}

    public static boolean present() {
        return console().isPresent();
    }

    /** From Java 22 on there is a console even without a terminal; only there it can be asked. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is null without a terminal
    public static Optional<Console> console() {
        Console console = System.console();
        if (console == null) {
            return Optional.empty();
        }
        try {
            boolean terminal = (boolean) Console.class.getMethod("isTerminal").invoke(console);
            return terminal ? Optional.of(console) : Optional.empty();
        } catch (ReflectiveOperationException beforeJava22) {
            return Optional.of(console);
        }
    }
}
