package dev.backfill.throttle;

import dev.backfill.plan.ThrottleRule;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All throttles of a phase together: the longest wait holds. Thread-safe. */
public final class Limits {
    private final List<Throttle> throttles;

    public Limits(List<Throttle> throttles) {
        this.throttles = List.copyOf(throttles);
    }

    /** The throttles for what a script says. */
    public static Limits of(List<ThrottleRule> rules, Time time) {
        List<Throttle> throttles = new ArrayList<>();
        for (ThrottleRule rule : rules) {
            if (rule instanceof ThrottleRule.Pause pause) {
                throttles.add(new PauseThrottle(pause.time()));
            } else if (rule instanceof ThrottleRule.Rate rate) {
                throttles.add(new RateThrottle(rate.records(), rate.per(), time));
            }
        }
        return new Limits(throttles);
    }

    /** True if one of them waits after a batch is finished, so that no other may be under way meanwhile. */
    public boolean betweenBatches() {
        return throttles.stream().anyMatch(Throttle::betweenBatches);
    }

    /** The longest wait that any of them asks for; nothing if none does. */
    public synchronized Optional<Hold> reserve(Cost cost) {
        Optional<Hold> longest = Optional.empty();
        for (Throttle throttle : throttles) {
            Duration wait = throttle.reserve(cost);
            if (wait.compareTo(longest.map(Hold::time).orElse(Duration.ZERO)) > 0) {
                longest = Optional.of(new Hold(wait, throttle.title()));
            }
        }
        return longest;
    }

    /**
     * A wait and what asks for it.
     *
     * @param title as {@link Throttle#title()}
     */
    public record Hold(Duration time, String title) {}
}
