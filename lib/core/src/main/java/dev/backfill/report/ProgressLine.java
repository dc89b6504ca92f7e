package dev.backfill.report;

import dev.backfill.layout.Bar;
import dev.backfill.layout.DisplayText;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Style;
import java.io.PrintWriter;

/** One line of a terminal that is written again and again, never longer than the terminal is wide. */
final class ProgressLine {
    private static final String BACK = "\r\u001b[K";
    private static final int BAR = 20;

    private final PrintWriter out;
    private final Screen screen;
    private boolean shown;

    ProgressLine(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    void show(String text) {
        print(DisplayText.clip(text, screen.width() - 1));
    }

    /**
     * Shows the text behind a bar.
     *
     * @param share of the whole work that is done, from 0 to 1
     */
    void show(double share, String text) {
        String bar = "[" + Bar.of(share, BAR) + "] ";
        print(screen.styled(Style.GOOD, bar) + DisplayText.clip(text, screen.width() - 1 - DisplayText.width(bar)));
    }

    private void print(String line) {
        out.print(BACK + line);
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
