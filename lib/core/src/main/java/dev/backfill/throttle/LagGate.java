package dev.backfill.throttle;

import dev.backfill.connector.Measure;
import dev.backfill.plan.ThrottleRule;
import dev.backfill.time.Time;
import java.time.Duration;

/** Pauses above a value, and resumes only at or below a lower one, so that it does not flutter. */
final class LagGate implements Gate {
    private final ThrottleRule.Lag rule;
    private final Measure measure;
    private final Probe probe;
    private boolean stopped;

    LagGate(ThrottleRule.Lag rule, Measure measure, Time time) {
        this.rule = rule;
        this.measure = measure;
        this.probe = new Probe(title(), this::well, time);
    }

    @Override
    public Duration ask(Cost planned) {
        return probe.ask();
    }

    private boolean well() {
        double now = measure.read();
        stopped = stopped ? now > rule.resumeBelow() : now > rule.pauseAbove();
        return !stopped;
    }

    @Override
    public String title() {
        return rule.measure().title();
    }
}
