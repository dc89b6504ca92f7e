package dev.backfill.cli;

/** Writes an argument so that a shell reads it as one. */
final class Quoted {
    private Quoted() {}

    static String text(String argument) {
        return argument.matches("[\\w./:@%+=,-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
