package dev.backfill.dsl.mistake;

import java.util.List;

/** The characters of a Groovy script, some of which belong to texts and comments. */
record ScriptCharacters(String all) {
    private static final List<String> QUOTES = List.of("'''", "\"\"\"", "'", "\"");
    private static final String BEFORE_PATTERN = "(,=[{:!&|?~+;\n";

    int size() {
        return all.length();
    }

    char at(int place) {
        return all.charAt(place);
    }

    /** Where the character, text or comment that begins here ends; beyond the script if it does not. */
    int skipped(int at) {
        if (all.startsWith("//", at)) {
            return lineEnd(at);
        } else if (all.startsWith("/*", at)) {
            return after("*/", at + 2);
        } else if (isPattern(at)) {
            return patternEnd(at);
        }
        String quote = quote(at);
        return quote.isEmpty() ? at + 1 : textEnd(at + quote.length(), quote);
    }

    /** The quote that begins here; empty if there is none. */
    String quote(int at) {
        return QUOTES.stream()
                .filter(quote -> all.startsWith(quote, at))
                .findFirst()
                .orElse("");
    }

    private int textEnd(int from, String quote) {
        for (int at = from; at < size(); at++) {
            if (all.startsWith(quote, at)) {
                return at + quote.length();
            } else if (at(at) == '\n' && quote.length() == 1) {
                break;
            } else if (at(at) == '\\') {
                at++;
            } else if (quote.startsWith("\"") && all.startsWith("${", at)) {
                at = expressionEnd(at + 2);
            }
        }
        return size() + 1;
    }

    /** The brace that ends an expression in a text. */
    private int expressionEnd(int from) {
        int depth = 1;
        int at = from;
        while (at < size()) {
            depth += at(at) == '{' ? 1 : 0;
            depth -= at(at) == '}' ? 1 : 0;
            if (depth == 0) {
                return at;
            }
            at = skipped(at);
        }
        return size();
    }

    /** A slash where a value is expected, with another on its line, begins a pattern. */
    private boolean isPattern(int at) {
        return at(at) == '/' && patternEnd(at) > at + 1;
    }

    private int patternEnd(int at) {
        String before = all.substring(0, at).stripTrailing();
        boolean valueExpected = before.isEmpty() || BEFORE_PATTERN.indexOf(before.charAt(before.length() - 1)) >= 0;
        for (int end = at + 1; valueExpected && end < size() && at(end) != '\n'; end++) {
            if (at(end) == '\\') {
                end++;
            } else if (at(end) == '/') {
                return end + 1;
            }
        }
        return at + 1;
    }

    private int after(String end, int from) {
        int found = all.indexOf(end, from);
        return found < 0 ? size() + 1 : found + end.length();
    }

    private int lineEnd(int at) {
        int end = all.indexOf('\n', at);
        return end < 0 ? size() : end;
    }

    private int lineBegin(int at) {
        return all.lastIndexOf('\n', at - 1) + 1;
    }

    String lineUpTo(int at) {
        return all.substring(lineBegin(at), at);
    }

    boolean isFirstOfLine(int at) {
        return lineUpTo(at).isBlank();
    }

    int indentation(int at) {
        String line = all.substring(lineBegin(at), lineEnd(at));
        return line.length() - line.stripLeading().length();
    }

    /** From 1. */
    int line(int at) {
        return (int) all.substring(0, at)
                        .chars()
                        .filter(character -> character == '\n')
                        .count()
                + 1;
    }

    /** From 1. */
    int column(int at) {
        return at - lineBegin(at) + 1;
    }
}
