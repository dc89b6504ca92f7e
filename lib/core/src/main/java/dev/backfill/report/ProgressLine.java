package dev.backfill.report;

import java.io.PrintWriter;

/** One line of a terminal that is written again and again. */
final class ProgressLine {
    private static final String BACK = "\r\u001b[K";

    private final PrintWriter out;
    private boolean shown;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    void show(String text) {
        out.print(BACK + text);
        out.flush();
        shown = true;
    }

    /** Takes the line away, so that something else can be printed. */
    void clear() {
        if (shown) {
            out.print(BACK);
            out.flush();
            shown = false;
        }
    }
}
