package dev.backfill.pace;

import java.math.BigDecimal;
import java.time.Duration;

/** Reads seconds as people write them: 0.5. */
public final class Seconds {
    private Seconds() {}

    /**
     * @param what for messages: "a pause"
     */
    public static Duration of(String what, Number seconds) {
        BigDecimal exact = new BigDecimal(seconds.toString());
        if (exact.signum() < 0) {
            throw new IllegalArgumentException(what + " cannot be negative, but is " + seconds + " seconds");
        }
        return Duration.ofMillis(exact.movePointRight(3).longValue());
    }
}
