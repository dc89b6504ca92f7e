package dev.backfill.sandbox.typesense;

import java.util.ArrayList;
import java.util.List;

/** Takes filters apart, of which parts may stand between backticks. */
final class Quoted {
    private Quoted() {}

    /** The parts of a text between separators; one between backticks separates nothing. */
    static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '`' && !escaped(text, i)) {
                quoted = !quoted;
            } else if (!quoted && text.startsWith(separator, i)) {
                parts.add(text.substring(begin, i));
                begin = i + separator.length();
                i = begin - 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static boolean escaped(String text, int index) {
        return index > 0 && text.charAt(index - 1) == '\\';
    }

    /** A part without backticks, and without white space at its ends, as the real server takes it. */
    static String bare(String part) {
        return part.replaceAll("(?<!\\\\)`", "").strip();
    }
}
