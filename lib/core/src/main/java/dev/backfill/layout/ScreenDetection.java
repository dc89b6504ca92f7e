package dev.backfill.layout;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what the screen is like: its width is that of COLUMNS, else the terminal's own; without a terminal lines are
 * wrapped only if COLUMNS is set. Colour needs a terminal, NO_COLOR unset and TERM other than dumb.
 */
public final class ScreenDetection {
    private static final int USUAL = 80;

    private ScreenDetection() {}

    /**
     * @param terminal true if a person's terminal shows what is printed
     */
    public static Screen of(boolean terminal, Map<String, String> environment) {
        return new Screen(width(terminal, environment), terminal && coloured(environment), ZoneId.systemDefault());
    }

    private static boolean coloured(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    private static int width(boolean terminal, Map<String, String> environment) {
        return number(environment.getOrDefault("COLUMNS", ""))
                .orElseGet(() -> terminal ? ofTerminal().orElse(USUAL) : Screen.UNLIMITED);
    }

    /** The second number of "rows columns"; nothing where there is no such command. */
    private static Optional<Integer> ofTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return number(answer.substring(answer.indexOf(' ') + 1));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[1-9]\\d{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
