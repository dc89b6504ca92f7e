package dev.backfill.throttle;

import java.math.BigDecimal;
import java.time.Duration;

/** A wait after every batch that is a share of the time which the batch took: a slow server is given more rest. */
record NiceThrottle(double share) implements Throttle {
    @Override
    public Duration reserve(Cost cost) {
        return Duration.ofNanos((long) (cost.took().toNanos() * share));
    }

    @Override
    public boolean betweenBatches() {
        return true;
    }

    @Override
    public String title() {
        return "nice " + BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
    }
}
