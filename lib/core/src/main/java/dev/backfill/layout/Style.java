package dev.backfill.layout;

/** Marks a piece of text for the eye; it never carries content that the text itself does not say. */
public enum Style {
    PLAIN(""),
    HEADING("1"),
    PROBLEM("1;31"),
    WARNING("33"),
    GOOD("32"),
    FAINT("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text as a terminal shows it so, or the text itself without colour. */
    public String of(String text, boolean colour) {
        return !colour || code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
