package dev.backfill.throttle;

import java.math.BigDecimal;
import java.time.Duration;

/** Writes a duration as people write seconds: "0.5 s". */
final class Seconds {
    private Seconds() {}

    static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
