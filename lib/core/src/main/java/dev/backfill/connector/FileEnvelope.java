package dev.backfill.connector;

import dev.backfill.words.Quantity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a file says of the records in it: when they were fetched, how many they are, and what failed.
 *
 * @param file its whole name, for messages
 * @param fields what is above the list of records; empty if the file has nothing but records
 * @param records how many records the file contains
 */
public record FileEnvelope(String file, Row fields, long records) {
    private static final String FETCHED = "fetched_at";

    /** Why the records may not be all that there are, or are not of today; none: nothing speaks against it. */
    public List<String> objections(Instant now, Duration mostAge) {
        List<String> objections = new ArrayList<>();
        if (!fields.containsKey(FETCHED)) {
            objections.add("it has no envelope with " + FETCHED + ", so that it is unknown when its records"
                    + " were fetched and whether they are complete");
            return objections;
        }
        long errors = errors(fields);
        if (errors > 0) {
            objections.add("it had " + Quantity.of(errors, "error"));
        }
        number("count")
                .filter(count -> count != records)
                .ifPresent(count -> objections.add("it says count " + Quantity.number(count) + ", but contains "
                        + Quantity.of(records, "record")));
        age(now).ifPresentOrElse(
                        age -> {
                            if (age.compareTo(mostAge) > 0) {
                                objections.add("it is " + age.toHours() + " hours old");
                            }
                        },
                        () -> objections.add(FETCHED + " is not a time: '" + fields.get(FETCHED) + "'"));
        return objections;
    }

    /** The whole number at a place such as {@code statistics.checked}; nothing if there is none. */
    public Optional<Long> number(String place) {
        Object value = fields;
        for (String name : place.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : null;
        }
        return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    private static long errors(Map<?, ?> fields) {
        long errors =
                fields.containsKey("errors") && fields.get("errors") instanceof Number number ? number.longValue() : 0;
        for (Object value : fields.values()) {
            errors += value instanceof Map<?, ?> inner ? errors(inner) : 0;
        }
        return errors;
    }

    private Optional<Duration> age(Instant now) {
        return time(fields.get(FETCHED)).map(fetched -> Duration.between(fetched, now));
    }

    /** A time without an offset is taken as UTC. */
    private static Optional<Instant> time(@Nullable Object text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    String.valueOf(text), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
