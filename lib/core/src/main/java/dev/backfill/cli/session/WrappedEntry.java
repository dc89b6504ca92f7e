package dev.backfill.cli.session;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.backfill.layout.Screen;
import dev.backfill.layout.Wrapping;

/** Wraps entries of the log at words, below the first word of their message. */
final class WrappedEntry extends LayoutBase<ILoggingEvent> {
    private static final String BELOW_MESSAGE = " ".repeat("hh:mm:ss LEVEL ".length());

    private final PatternLayout pattern;
    private final int width;

    WrappedEntry(PatternLayout pattern, int width) {
        this.pattern = pattern;
        this.width = width;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = pattern.doLayout(event);
        if (width == Screen.UNLIMITED) {
            return text;
        }
        return String.join("\n", Wrapping.lines(text.stripTrailing(), width, "", BELOW_MESSAGE)) + "\n";
    }
}
