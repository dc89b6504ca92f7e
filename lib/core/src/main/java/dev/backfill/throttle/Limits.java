package dev.backfill.throttle;

import dev.backfill.connector.Resources;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All throttles and gates of a phase or of a connector together: the longest wait holds. Thread-safe. */
public final class Limits {
    private final List<Throttle> throttles;
    private final List<Gate> gates;

    public Limits(List<Throttle> throttles) {
        this(throttles, List.of());
    }

    public Limits(List<Throttle> throttles, List<Gate> gates) {
        this.throttles = List.copyOf(throttles);
        this.gates = List.copyOf(gates);
    }

    /** The limits that a script states, with what they measure and reserve opened. */
    public static Limits open(List<ThrottleRule> rules, Time time, Resources resources) {
        List<Throttle> throttles = new ArrayList<>();
        for (ThrottleRule rule : rules) {
            Throttles.of(rule, time).ifPresent(throttles::add);
        }
        return new Limits(throttles, new Gates(time, resources).of(rules));
    }

    /** Those that need no connection. */
    public static Limits of(List<ThrottleRule> rules, Time time) {
        List<Throttle> throttles = new ArrayList<>();
        for (ThrottleRule rule : rules) {
            Throttles.of(rule, time).ifPresent(throttles::add);
        }
        return new Limits(throttles);
    }

    /** True if one of them waits after a batch is finished, so that no other may be under way meanwhile. */
    public boolean betweenBatches() {
        return throttles.stream().anyMatch(Throttle::betweenBatches);
    }

    /** The longest wait that a throttle asks for; nothing if none does. Asked once for what is or was spent. */
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

    /** A passage through the gates for what is about to be spent. */
    public Admission admission(Cost planned) {
        return new Admission(this, gates, planned);
    }
}
