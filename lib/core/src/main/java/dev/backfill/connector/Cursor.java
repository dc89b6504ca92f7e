package dev.backfill.connector;

/**
 * A position in a source, after the last record read. Opaque: only the source that made it reads its text, and nobody
 * compares two of them.
 */
public record Cursor(boolean atStart, String text) {
    private static final Cursor START = new Cursor(true, "");

    public Cursor {
        if (atStart && !text.isEmpty()) {
            throw new IllegalArgumentException("the start has no text");
        }
    }

    /** Before the first record. */
    public static Cursor start() {
        return START;
    }

    /** After the record that the text says. */
    public static Cursor after(String text) {
        return new Cursor(false, text);
    }

    @Override
    public String toString() {
        return atStart ? "the start" : text;
    }
}
