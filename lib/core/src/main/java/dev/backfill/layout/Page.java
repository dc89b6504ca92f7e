package dev.backfill.layout;

import java.util.ArrayList;
import java.util.List;

/** Collects lines under headings for one screen. Used by one thread. */
public final class Page {
    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    public Page(Screen screen) {
        this.screen = screen;
    }

    public Screen screen() {
        return screen;
    }

    /** Begins a section, with an empty line before it. */
    public Page heading(String text) {
        return heading(Style.HEADING, text);
    }

    public Page heading(Style style, String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        Wrapping.lines(text, screen.width(), "", "  ").forEach(line -> lines.add(screen.styled(style, line)));
        return this;
    }

    /**
     * Adds a sentence; where it is wrapped, further lines begin two columns later.
     *
     * @param indent spaces before it
     */
    public Page line(int indent, String text) {
        String first = " ".repeat(indent);
        lines.addAll(Wrapping.lines(text, screen.width(), first, first + (indent == 0 ? "" : "  ")));
        return this;
    }

    /** Adds a sentence behind a mark in a style of its own; where it is wrapped, further lines begin below its first word. */
    public Page item(int indent, Style style, String mark, String text) {
        String first = " ".repeat(indent) + mark + " ";
        List<String> wrapped = Wrapping.lines(text, screen.width(), first, " ".repeat(DisplayText.width(first)));
        String coloured =
                " ".repeat(indent) + screen.styled(style, mark) + wrapped.get(0).substring(indent + mark.length());
        lines.add(coloured);
        lines.addAll(wrapped.subList(1, wrapped.size()));
        return this;
    }

    /** Adds a table, if it has a row. */
    public Page table(int indent, Table table) {
        if (!table.isEmpty()) {
            lines.addAll(table.lines(screen, indent));
        }
        return this;
    }

    /** Adds the lines of another page of the same screen. */
    public Page add(Page other) {
        lines.addAll(other.lines);
        return this;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public String text() {
        return String.join("\n", lines);
    }
}
