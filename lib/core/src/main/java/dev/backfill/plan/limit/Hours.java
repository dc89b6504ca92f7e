package dev.backfill.plan.limit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some hours of every day, by the clocks of a place; over midnight if they end before they begin.
 *
 * @param to the first moment that no longer belongs to them; midnight is also written 24:00
 */
public record Hours(LocalTime from, LocalTime to, ZoneId zone) {
    private static final Pattern FORM = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");
    private static final int LONGEST_GAP_DAYS = 2;

    public Hours {
        if (from.equals(to)) {
            throw new IllegalArgumentException(
                    "a window must end at another time than it begins, but both are " + from);
        }
    }

    /** Reads "22:00-06:00 America/Santiago"; {@link IllegalArgumentException} if it is written otherwise. */
    public static Hours of(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a window is written '22:00-06:00 America/Santiago', with its time zone, but is '" + text + "'");
        }
        try {
            LocalTime to = form.group(2).equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(form.group(2));
            return new Hours(LocalTime.parse(form.group(1)), to, ZoneId.of(form.group(3)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the window '" + text + "' cannot be read: " + e.getMessage(), e);
        }
    }

    public boolean contains(Instant instant) {
        LocalTime time = instant.atZone(zone).toLocalTime();
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    /** When they begin next, at or after the instant; where the clocks leave that time out, when they continue. */
    public Instant next(Instant instant) {
        ZonedDateTime now = instant.atZone(zone);
        for (int day = 0; day < LONGEST_GAP_DAYS; day++) {
            Instant begin =
                    now.toLocalDate().plusDays(day).atTime(from).atZone(zone).toInstant();
            if (!begin.isBefore(instant)) {
                return begin;
            }
        }
        throw new IllegalStateException("no " + this + " within two days of " + instant);
    }

    @Override
    public String toString() {
        return from + "-" + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to) + " " + zone;
    }
}
