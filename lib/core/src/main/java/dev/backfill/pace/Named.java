package dev.backfill.pace;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads what a limit is given by name. */
record Named(Map<String, Object> values) {
    private static final Map<String, Duration> PERIODS = Map.of(
            "second", Duration.ofSeconds(1),
            "minute", Duration.ofMinutes(1),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));

    /** The time that per: names. */
    Duration period(String otherwise) {
        String per = String.valueOf(values.getOrDefault("per", otherwise));
        Duration period = PERIODS.get(per);
        if (period == null) {
            throw new IllegalArgumentException("'per:' must be second, minute, hour or day, but is '" + per + "'");
        }
        return period;
    }

    OptionalDouble number(String name) {
        Object value = values.get(name);
        if (value == null) {
            return OptionalDouble.empty();
        } else if (value instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw new IllegalArgumentException("'" + name + ":' must be a number, but is " + value);
    }
}
