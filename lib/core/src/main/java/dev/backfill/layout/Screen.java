package dev.backfill.layout;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says how a text is shown where it is printed.
 *
 * @param width columns of a line; {@link #UNLIMITED}: lines are not wrapped
 * @param colour true if styles are shown
 * @param zone of the times that people read
 */
public record Screen(int width, boolean colour, ZoneId zone) {
    /** A pipe or a file: a sentence stays one line there, so that grep finds it. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int NARROWEST = 40;

    public Screen {
        width = Math.max(NARROWEST, width);
    }

    /** For a pipe, a file, or a program that reads it. */
    public static Screen unlimited() {
        return new Screen(UNLIMITED, false, ZoneId.systemDefault());
    }

    /** The same without colour. */
    public Screen plain() {
        return new Screen(width, false, zone);
    }

    /** "2026-11-28 11:52:53 UTC", "2026-11-28 08:52:53 -03:00": rounded to seconds, in the zone of this screen. */
    public String time(Instant at) {
        boolean utc = zone.getRules().getOffset(at).equals(ZoneOffset.UTC);
        String pattern = "yyyy-MM-dd HH:mm:ss " + (utc ? "'UTC'" : "xxx");
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone).format(at.plusMillis(500));
    }

    /** A text of one or more lines, each wrapped at words; further lines begin two columns later. */
    public String wrapped(String text) {
        return text.lines()
                .flatMap(line -> Wrapping.lines(line, width, "", "  ").stream())
                .collect(Collectors.joining("\n"));
    }

    public String styled(Style style, String text) {
        return style.of(text, colour);
    }
}
