package dev.backfill.throttle;

import dev.backfill.connector.Resources;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All throttles and gates of a phase or of a connector together: the longest wait holds. Thread-safe. */
public final class Limits {
    private final List<Throttle> throttles;
    private final List<Gate> gates;
    /** Gates are shared by all limits that came from the same ones. */
    private final Object lock;

    public Limits(List<Throttle> throttles) {
        this(throttles, List.of());
    }

    public Limits(List<Throttle> throttles, List<Gate> gates) {
        this(throttles, gates, new Object());
    }

    private Limits(List<Throttle> throttles, List<Gate> gates, Object lock) {
        this.throttles = List.copyOf(throttles);
        this.gates = List.copyOf(gates);
        this.lock = lock;
    }

    /** The limits that a script states, with what they measure and reserve opened. */
    public static Limits open(List<ThrottleRule> rules, Time time, Resources resources) {
        return new Limits(throttles(rules, time), new Gates(time, resources).of(rules));
    }

    /** The same gates with the throttles that other rules state. */
    public Limits with(List<ThrottleRule> rules, Time time) {
        return new Limits(throttles(rules, time), gates, lock);
    }

    private static List<Throttle> throttles(List<ThrottleRule> rules, Time time) {
        return rules.stream().flatMap(rule -> Throttles.of(rule, time).stream()).toList();
    }

    /** True if one of them waits after a batch is finished, so that no other may be under way in the meantime. */
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
        return new Admission(lock, gates, planned);
    }
}
