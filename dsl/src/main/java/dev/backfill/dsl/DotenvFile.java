package dev.backfill.dsl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a {@code .env} file by the rules that Docker Compose and dotenv share: {@code export} in front, single
 * quotes literal, double quotes with {@code \n \r \t \" \\}, values over several lines in quotes, a comment after white
 * space. A {@code $} stays a {@code $}. Not thread-safe.
 */
final class DotenvFile {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("\\s*(?:#.*)?");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Why a file is not valid; the message names the line and never shows what is in it. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedException(int line, String what) {
            super("line " + line + " " + what);
        }
    }

    private final List<String> lines;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int next;

    private DotenvFile(String text) {
        this.lines = text.lines().toList();
    }

    /** The variables in the file's order; of two with one name the later wins. */
    static Map<String, String> parse(byte[] file) {
        String text = decode(file);
        DotenvFile parser = new DotenvFile(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        while (parser.next < parser.lines.size()) {
            parser.entry(parser.lines.get(parser.next++));
        }
        return parser.values;
    }

    private static String decode(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            String before = new String(file, 0, bytes.position(), StandardCharsets.ISO_8859_1);
            int line = 1
                    + (int) before.chars()
                            .filter(character -> character == '\n')
                            .count();
            throw new MalformedException(line, "is not UTF-8; save the file as UTF-8");
        }
    }

    private void entry(String line) {
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (!assignment.matches()) {
            throw new MalformedException(next, "is not NAME=value");
        }
        String value = assignment.group(2);
        String stripped = value.stripLeading();
        boolean quoted = stripped.startsWith("'") || stripped.startsWith("\"");
        values.put(assignment.group(1), quoted ? quoted(stripped.charAt(0), stripped.substring(1)) : plain(value));
    }

    private static String plain(String value) {
        return value.replaceFirst("\\s#.*", "").strip();
    }

    /** Reads to the closing quote, over the next lines where it is not in this one. */
    private String quoted(char quote, String rest) {
        int begun = next;
        StringBuilder value = new StringBuilder();
        String line = rest;
        while (true) {
            int end = take(quote, line, value);
            if (end >= 0) {
                afterQuote(line.substring(end + 1));
                return value.toString();
            }
            if (next == lines.size()) {
                throw new MalformedException(begun, "opens a quote that is never closed");
            }
            value.append('\n');
            line = lines.get(next++);
        }
    }

    /** Appends what stands before the closing quote; its place, or -1 if the line has none. */
    private static int take(char quote, String line, StringBuilder value) {
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == quote) {
                return at;
            }
            boolean escape = quote == '"' && character == '\\' && at + 1 < line.length();
            value.append(escape ? unescaped(line.charAt(++at)) : String.valueOf(character));
        }
        return -1;
    }

    private static String unescaped(char character) {
        return switch (character) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> String.valueOf(character);
            default -> "\\" + character;
        };
    }

    private void afterQuote(String rest) {
        if (!COMMENT.matcher(rest).matches()) {
            throw new MalformedException(next, "has something after the closing quote");
        }
    }
}
