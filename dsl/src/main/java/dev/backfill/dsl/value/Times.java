package dev.backfill.dsl.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads points in time in the forms that databases and services give. A time without an offset is taken as UTC. */
public final class Times {
    private static final Pattern SECONDS = Pattern.compile("[+-]?\\d{1,18}(\\.\\d+)?");
    /** ISO 8601 and PostgreSQL's text: a blank instead of T, and offsets of hours only. */
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' '][XXXXX][XXX][X]['['VV']']")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int MOST_DIGITS = 19;
    private static final int MOST_DECIMALS = 1_000;

    private Times() {}

    /** Unix seconds, rounded down; 0 for null. {@link IllegalArgumentException} if it cannot be read as a time. */
    public static long epochSeconds(@Nullable Object time) {
        return time == null ? 0 : read(time).getEpochSecond();
    }

    /** The point in time, null for null. {@link IllegalArgumentException} if it cannot be read as a time. */
    public static @Nullable Instant instant(@Nullable Object time) {
        return time == null ? null : read(time);
    }

    private static Instant read(Object time) {
        try {
            return time instanceof TemporalAccessor temporal ? ofTemporal(temporal) : ofOther(time);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw unreadable(time, e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // drivers give it
    private static Instant ofOther(Object time) {
        if (time instanceof Number number) {
            return ofSeconds(new BigDecimal(number.toString()));
        } else if (time instanceof java.sql.Timestamp stamp) {
            return stamp.toInstant();
        } else if (time instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        } else if (time instanceof CharSequence text) {
            return ofText(text.toString().strip());
        }
        throw new DateTimeException("not a type of time");
    }

    private static Instant ofText(String text) {
        return SECONDS.matcher(text).matches()
                ? ofSeconds(new BigDecimal(text))
                : ofTemporal(TEXT.parseBest(
                        text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
    }

    private static Instant ofTemporal(TemporalAccessor time) {
        if (time instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        } else if (time instanceof LocalDate day) {
            return day.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return Instant.from(time);
    }

    /** A short text may mean more digits than fit into memory (1e999999999): so it is looked at before it is rounded. */
    private static Instant ofSeconds(BigDecimal seconds) {
        if ((long) seconds.precision() - seconds.scale() > MOST_DIGITS || seconds.scale() > MOST_DECIMALS) {
            throw new ArithmeticException("out of range");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole.longValueExact(), nanos);
    }

    private static IllegalArgumentException unreadable(Object time, RuntimeException cause) {
        return new IllegalArgumentException("cannot be read as a time: '" + time + "'", cause);
    }
}
