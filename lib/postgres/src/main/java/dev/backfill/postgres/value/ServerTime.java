package dev.backfill.postgres.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as the server writes them in the style ISO. Infinity is the last or first time that Java has, and 24:00 the last
 * moment of a day, as the driver has it.
 */
final class ServerTime {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<year>\\d+)-(?<month>\\d\\d)-(?<day>\\d\\d))?(?: ?(?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?"
                    + "(?<offset>[+-][\\d:]+)?(?<before> BC)?");

    private ServerTime() {}

    static OffsetDateTime zoned(String text) {
        if (text.endsWith("infinity")) {
            return text.startsWith("-") ? OffsetDateTime.MIN : OffsetDateTime.MAX;
        }
        Matcher parts = parts(text);
        return date(parts)
                .atTime(LocalTime.parse(parts.group("time")))
                .atOffset(ZoneOffset.of(parts.group("offset")))
                .withOffsetSameInstant(ZoneOffset.UTC);
    }

    static LocalDateTime local(String text) {
        if (text.endsWith("infinity")) {
            return text.startsWith("-") ? LocalDateTime.MIN : LocalDateTime.MAX;
        }
        Matcher parts = parts(text);
        return date(parts).atTime(LocalTime.parse(parts.group("time")));
    }

    static LocalDate date(String text) {
        if (text.endsWith("infinity")) {
            return text.startsWith("-") ? LocalDate.MIN : LocalDate.MAX;
        }
        return date(parts(text));
    }

    private static LocalDate date(Matcher parts) {
        int year = Integer.parseInt(parts.group("year"));
        return LocalDate.of(
                parts.group("before") == null ? year : 1 - year,
                Integer.parseInt(parts.group("month")),
                Integer.parseInt(parts.group("day")));
    }

    static LocalTime time(String text) {
        return text.startsWith("24:") ? LocalTime.MAX : LocalTime.parse(text);
    }

    static OffsetTime timeWithOffset(String text) {
        Matcher parts = parts(text);
        return time(parts.group("time")).atOffset(ZoneOffset.of(parts.group("offset")));
    }

    private static Matcher parts(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time in the style ISO");
        }
        return parts;
    }
}
