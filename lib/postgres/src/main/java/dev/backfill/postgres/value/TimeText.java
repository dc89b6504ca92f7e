package dev.backfill.postgres.value;

import dev.backfill.postgres.catalog.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Texts of times. Where one side has a zone and the other has none, UTC is meant on both, whatever this machine or the
 * server is set to. Words that mean another time whenever they are read ("now") are refused.
 */
final class TimeText {
    private static final Pattern FIXED =
            Pattern.compile("\\s*(?:\\d.*|[+-]?infinity|epoch)\\s*", Pattern.CASE_INSENSITIVE);

    /** The ends of time, and whether it is the late one. */
    private static final Map<Temporal, Boolean> ENDLESS = Map.of(
            OffsetDateTime.MAX,
            true,
            LocalDateTime.MAX,
            true,
            LocalDate.MAX,
            true,
            OffsetDateTime.MIN,
            false,
            LocalDateTime.MIN,
            false,
            LocalDate.MIN,
            false);

    private static final String MIDNIGHT = "24:00:00";

    /** Only digits and what separates them; the time has no sign, which would begin a zone. */
    private static final Pattern WITHOUT_ZONE = Pattern.compile(
            "^(\\s*\\d[\\d./-]*(?:(?:\\s+|[Tt])[\\d:.,]+)?(?:\\s*[AaPp][Mm])?)(\\s+[BbAa][CcDd])?\\s*$");

    private static final Pattern TIME_ALONE = Pattern.compile("\\s*[\\d:.]+\\s*");

    private TimeText() {}

    static String instant(ColumnType type, Object value) {
        String text = local(type, value);
        if (value instanceof CharSequence) {
            return WITHOUT_ZONE.matcher(text).replaceFirst("$1 UTC$2");
        }
        return text.endsWith("infinity") ? text : zoned(text);
    }

    /** A time of day with its distance from UTC. */
    static String withOffset(ColumnType type, Object value) {
        String text = ValueText.plain(type, value);
        return value instanceof LocalTime || TIME_ALONE.matcher(text).matches() ? text + "Z" : text;
    }

    /** An era stands at the end, behind the zone. */
    private static String zoned(String text) {
        return text.endsWith(" BC") ? text.replace(" BC", "Z BC") : text + "Z";
    }

    static String local(ColumnType type, Object value) {
        if (value instanceof CharSequence) {
            return fixed(type, value);
        } else if (value instanceof OffsetDateTime time) {
            return time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)
                    ? endless(time.equals(OffsetDateTime.MAX))
                    : text(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
        } else if (value instanceof LocalDateTime time) {
            return text(time);
        } else if (value instanceof ZonedDateTime time) {
            return text(time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
        } else if (value instanceof Instant time) {
            return text(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        } else if (value instanceof LocalDate day) {
            return text(day.atStartOfDay());
        } else if (value instanceof java.sql.Date day) {
            return text(day.toLocalDate().atStartOfDay());
        } else if (value instanceof Date time && !(value instanceof java.sql.Time)) {
            return local(type, time.toInstant());
        }
        throw ValueText.unfit(type, value);
    }

    /** The text of a time for a column of any other type: what PostgreSQL has and Java has not is written as PostgreSQL does. */
    static String plain(Temporal time) {
        if (ENDLESS.containsKey(time)) {
            return endless(Boolean.TRUE.equals(ENDLESS.get(time)));
        } else if (time.equals(LocalTime.MAX)) {
            return MIDNIGHT;
        }
        return time instanceof OffsetTime local && local.toLocalTime().equals(LocalTime.MAX)
                ? MIDNIGHT + local.getOffset()
                : time.toString();
    }

    static String date(ColumnType type, Object value) {
        if (value instanceof LocalDate day) {
            return day.equals(LocalDate.MAX) || day.equals(LocalDate.MIN)
                    ? endless(day.equals(LocalDate.MAX))
                    : era(day.getYear(), day.toString().substring(day.toString().length() - 6));
        } else if (value instanceof java.sql.Date day) {
            return date(type, day.toLocalDate());
        }
        return local(type, value);
    }

    private static String text(LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)) {
            return endless(time.equals(LocalDateTime.MAX));
        }
        String date = time.toLocalDate().toString();
        return era(time.getYear(), date.substring(date.length() - 6) + "T" + time.toLocalTime());
    }

    /** PostgreSQL writes the year before 1 as 1 BC, and a year of five digits without a plus. */
    private static String era(int year, String rest) {
        return year > 0 ? fourDigits(year) + rest : fourDigits(1 - year) + rest + " BC";
    }

    private static String fourDigits(int year) {
        String digits = Integer.toString(year);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private static String endless(boolean late) {
        return late ? "infinity" : "-infinity";
    }

    private static String fixed(ColumnType type, Object value) {
        String text = ValueText.plain(type, value);
        if (!FIXED.matcher(text).matches()) {
            throw ValueText.unfit(type, value);
        }
        return text;
    }
}
