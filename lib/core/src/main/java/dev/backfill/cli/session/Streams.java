package dev.backfill.cli.session;

import dev.backfill.layout.Screen;
import dev.backfill.layout.ScreenDetection;
import dev.backfill.report.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out what was asked for
 * @param err what a person should know in addition
 * @param screen how what was asked for is shown
 */
public record Streams(PrintWriter out, PrintWriter err, Screen screen) {
    /** A pipe or a file. */
    public Streams(PrintWriter out, PrintWriter err) {
        this(out, err, Screen.unlimited());
    }

    /** Standard output and error of this process. */
    public static Streams standard() {
        return new Streams(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                ScreenDetection.of(Terminal.present(), System.getenv()));
    }
}
