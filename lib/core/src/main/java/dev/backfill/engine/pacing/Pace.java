package dev.backfill.engine.pacing;

import dev.backfill.control.LiveControl;
import dev.backfill.control.Tuning;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.plan.limit.Unit;
import dev.backfill.throttle.BatchSize;
import dev.backfill.throttle.Limits;
import dev.backfill.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much at once, and how fast: as the script says, and as people tune it in the meantime. Thread-safe. */
public final class Pace {
    private final List<ThrottleRule> rules;
    private final BatchSize size;
    private final LiveControl control;
    private final Time time;
    private Tuning heard = Tuning.none();
    private Limits limits;

    /**
     * @param limits what the rules open
     */
    public Pace(List<ThrottleRule> rules, Limits limits, BatchSize size, LiveControl control, Time time) {
        this.rules = List.copyOf(rules);
        this.limits = limits;
        this.size = size;
        this.control = control;
        this.time = time;
    }

    /** Others after someone has tuned them. */
    public synchronized Limits limits() {
        Tuning now = control.tuning();
        if (!now.equals(heard)) {
            heard = now;
            limits = limits.with(tuned(rules, now), time);
        }
        return limits;
    }

    /** How many records go together. */
    public int size() {
        return control.tuning().batchSize().orElseGet(size::next);
    }

    /** Learns from a batch that is finished. */
    public void took(long records, Duration time) {
        size.took(records, time);
    }

    private static List<ThrottleRule> tuned(List<ThrottleRule> rules, Tuning tuning) {
        List<ThrottleRule> tuned = new ArrayList<>(rules);
        tuning.pause().ifPresent(seconds -> {
            tuned.removeIf(ThrottleRule.Pause.class::isInstance);
            tuned.add(new ThrottleRule.Pause(Duration.ofMillis(Math.round(seconds * 1_000))));
        });
        tuning.rate().ifPresent(records -> {
            tuned.removeIf(rule -> rule instanceof ThrottleRule.Rate rate && rate.unit() == Unit.RECORDS);
            tuned.add(new ThrottleRule.Rate(records, Duration.ofSeconds(1)));
        });
        return tuned;
    }
}
