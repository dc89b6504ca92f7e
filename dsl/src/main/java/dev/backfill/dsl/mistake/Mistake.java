package dev.backfill.dsl.mistake;

/**
 * Reports one mistake of a script, and where it stands.
 *
 * @param file the script's name, without folders
 * @param line from 1
 * @param column from 1
 * @param width how many letters are wrong
 * @param source the line as it stands in the script
 */
public record Mistake(String file, int line, int column, int width, String message, String source) {
    /** So much of a long line is shown. */
    private static final int SHOWN = 110;
    /** So much of it is shown before the mistake. */
    private static final int BEFORE = 60;

    /** The mistake as a person reads it: where and what, the line, and a caret below the place. */
    public String text() {
        int from = Math.min(source.length(), Math.max(0, column - 1 - BEFORE));
        String shown = source.substring(from, Math.min(source.length(), from + SHOWN))
                .replace('\t', ' ')
                .stripTrailing();
        String caret = " ".repeat(Math.max(0, column - 1 - from)) + "^".repeat(Math.max(1, width));
        return "%s:%d:%d: %s\n%5d | %s\n      | %s".formatted(file, line, column, message, line, shown, caret);
    }
}
