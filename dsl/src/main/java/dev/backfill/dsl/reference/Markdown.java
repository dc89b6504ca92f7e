package dev.backfill.dsl.reference;

import java.util.Locale;

/** Writes pieces of Markdown. */
final class Markdown {
    private Markdown() {}

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** The first rows of a table. */
    static String head(String... titles) {
        return row(titles) + "|" + " --- |".repeat(titles.length) + "\n";
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }

    /** Plain text, in which nothing is a tag or the end of a cell. */
    static String text(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    /** A link to a heading of the same page. */
    static String link(String text, String heading) {
        String anchor = heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        return "[" + text + "](#" + anchor + ")";
    }
}
