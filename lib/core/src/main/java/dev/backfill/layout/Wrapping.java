package dev.backfill.layout;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at words. */
public final class Wrapping {
    private Wrapping() {}

    /**
     * A word that is longer than a line, such as an address or a command's path, stays whole, so that it can be copied.
     *
     * @param first what the first line begins with
     * @param hanging what every further line begins with, as wide as the eye wants it
     */
    public static List<String> lines(String text, int width, String first, String hanging) {
        List<String> lines = new ArrayList<>();
        String begin = first;
        for (String paragraph : text.split("\n", -1)) {
            for (String line : wrapped(paragraph, width, begin, hanging)) {
                lines.add(line.stripTrailing());
            }
            begin = hanging;
        }
        return lines;
    }

    private static List<String> wrapped(String paragraph, int width, String first, String hanging) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : paragraph.split(" ", -1)) {
            if (!empty && DisplayText.width(line.toString()) + 1 + DisplayText.width(word) > width) {
                lines.add(line.toString());
                line = new StringBuilder(hanging);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Lines of a cell, none wider than the width: there a long word is broken. */
    static List<String> cell(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : lines(text, width, "", "")) {
            String rest = line;
            while (DisplayText.width(rest) > width) {
                int end = DisplayText.fitting(rest, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            lines.add(rest);
        }
        return lines;
    }
}
