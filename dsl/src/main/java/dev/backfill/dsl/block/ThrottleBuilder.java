package dev.backfill.dsl.block;

import dev.backfill.plan.ThrottleRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the limits of one throttle. */
final class ThrottleBuilder implements ThrottleBlock {
    private static final Map<String, Duration> PERIODS = Map.of(
            "second", Duration.ofSeconds(1),
            "minute", Duration.ofMinutes(1),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1));

    private final List<ThrottleRule> rules = new ArrayList<>();

    List<ThrottleRule> rules() {
        return rules;
    }

    @Override
    public void pause(Number seconds) {
        BigDecimal exact = new BigDecimal(seconds.toString());
        if (exact.signum() < 0) {
            throw new IllegalArgumentException("a pause cannot be negative, but is " + seconds + " seconds");
        }
        rules.add(
                new ThrottleRule.Pause(Duration.ofMillis(exact.movePointRight(3).longValue())));
    }

    @Override
    public void rate(Number records) {
        rate(Map.of(), records);
    }

    @Override
    public void rate(Map<String, Object> named, Number records) {
        String per = new NamedArguments(named).text("per").orElse("second");
        Duration period = PERIODS.get(per);
        if (period == null) {
            throw new IllegalArgumentException("'per:' must be second, minute, hour or day, but is '" + per + "'");
        }
        rules.add(new ThrottleRule.Rate(records.doubleValue(), period));
    }
}
