package dev.backfill.cli.option;

/** Writes an argument so that a shell reads it as one. */
public final class Quoted {
    private Quoted() {}

    public static String text(String argument) {
        return argument.matches("[\\w./:@%+=,-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
