package dev.backfill.cli;

import dev.backfill.cli.session.ExitCode;
import dev.backfill.layout.Page;
import dev.backfill.layout.Screen;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Lays the help of a command line and of its commands out for a screen. */
final class HelpPage {
    private static final int USUAL = 80;
    private static final int NARROWEST = 60;
    /** Lines of text that are longer are hard to read. */
    private static final int WIDEST = 130;

    private HelpPage() {}

    static void lay(CommandLine line, Screen screen) {
        int width = screen.width() == Screen.UNLIMITED ? USUAL : Math.min(WIDEST, Math.max(NARROWEST, screen.width()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(screen.colour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(width);
        Page codes = new Page(new Screen(width, false, screen.zone()));
        codes.line(0, "").line(0, "Exit codes:").table(3, ExitCode.table());
        List<String> footer = codes.text().lines().toList();
        line.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
    }
}
