package dev.backfill.dsl.mistake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a script, to point at places in it.
 *
 * @param file the script's name, without folders
 */
public record ScriptText(String file, List<String> lines) {
    private static final Pattern WORD = Pattern.compile("\\w+|'[^']*'?|\"[^\"]*\"?|\\S");

    public ScriptText {
        lines = List.copyOf(lines);
    }

    public static ScriptText of(String path, String text) {
        return new ScriptText(
                path.substring(path.replace('\\', '/').lastIndexOf('/') + 1),
                text.lines().toList());
    }

    /** The text of a file; without lines if it cannot be read. */
    public static ScriptText of(Path path) {
        try {
            return of(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return of(path.toString(), "");
        }
    }

    public Mistake mistake(int line, int column, int width, String message) {
        return new Mistake(file, line, column, width, message, line(line));
    }

    /** A mistake somewhere on a line: at the word, if the line has it, else at its first letter. */
    public Mistake mistake(int line, String word, String message) {
        String source = line(line);
        Matcher found = Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(source);
        boolean there = !word.isEmpty() && found.find();
        int first = source.length() - source.stripLeading().length();
        int column = there ? found.start() : first;
        int width = there ? word.length() : source.strip().length();
        return mistake(line, column + 1, width, message);
    }

    /** The word, text or sign at a place; empty at the end of a line. */
    public String word(int line, int column) {
        String source = line(line);
        Matcher found = WORD.matcher(source);
        return found.find(Math.min(source.length(), Math.max(0, column - 1))) ? found.group() : "";
    }

    /** What stands from one place to just before another, both from 1. */
    public String between(int line, int column, int lastLine, int lastColumn) {
        StringBuilder found = new StringBuilder();
        for (int i = line; i <= lastLine; i++) {
            String whole = line(i);
            int from = i == line ? Math.min(whole.length(), Math.max(0, column - 1)) : 0;
            int to = i == lastLine ? Math.min(whole.length(), Math.max(from, lastColumn - 1)) : whole.length();
            found.append(whole, from, to).append('\n');
        }
        return found.toString();
    }

    private String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
