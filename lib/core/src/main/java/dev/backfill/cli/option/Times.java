package dev.backfill.cli.option;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and points in time as people type them. */
public final class Times {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");

    private Times() {}

    /** "90s", "30m", "2h", "1d". */
    public static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    option + " must be a time such as 90s, 30m, 2h or 1d, but is '" + text + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** The next instant at which it is that time of day in the zone, or the very instant that the text names. */
    public static Instant next(String option, String text, Instant now, ZoneId zone) {
        try {
            if (text.contains("T")) {
                return Instant.parse(text);
            }
            ZonedDateTime today = now.atZone(zone).with(LocalTime.parse(text));
            return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option
                            + " must be a time of day such as 06:00, or an instant such as 2026-11-24T05:00:00Z, but is '"
                            + text + "'",
                    e);
        }
    }
}
