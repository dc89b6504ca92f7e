package dev.backfill.inspection;

import dev.backfill.plan.ThrottleRule;
import dev.backfill.plan.limit.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a phase will take.
 *
 * @param paused the sum of the pauses between its batches
 * @param rated what a rate makes of it, its work included
 * @param work what the work itself takes at the pace of the look; nothing without one
 */
public record Expectation(Duration paused, Duration rated, Optional<Duration> work) {
    /**
     * @param rows how many records are to be read
     * @param size how many go together
     */
    static Expectation of(long rows, int size, List<ThrottleRule> rules, Optional<Glance> glance) {
        long batches = (rows + size - 1) / size;
        Duration paused = Duration.ZERO;
        Duration rated = Duration.ZERO;
        for (ThrottleRule rule : rules) {
            if (rule instanceof ThrottleRule.Pause pause) {
                paused = longer(paused, pause.time().multipliedBy(Math.max(0, batches - 1)));
            } else if (rule instanceof ThrottleRule.Rate rate) {
                double amount = rate.unit() == Unit.RECORDS ? rows : batches;
                rated = longer(rated, seconds(amount / rate.most() * rate.per().toNanos() / 1e9));
            } else if (rule instanceof ThrottleRule.Spending spending) {
                double amount = spending.unit() == Unit.RECORDS ? rows : batches;
                rated = longer(
                        rated, seconds(amount / spending.most() * spending.per().toNanos() / 1e9));
            }
        }
        Optional<Duration> work = glance.filter(seen -> seen.looked() > 0)
                .map(seen -> seconds(seen.took().toNanos() / 1e9 / seen.looked() * rows));
        return new Expectation(paused, rated, work);
    }

    /** In all, as far as it is known. */
    public Duration total() {
        return longer(rated, paused.plus(work.orElse(Duration.ZERO)));
    }

    /** The part of it in which pauses and rates hold the work back. */
    public Duration waiting() {
        return total().minus(work.orElse(Duration.ZERO));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }
}
