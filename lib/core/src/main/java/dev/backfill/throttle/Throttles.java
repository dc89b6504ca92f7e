package dev.backfill.throttle;

import dev.backfill.plan.ThrottleRule;
import dev.backfill.time.Time;
import java.util.Optional;

/** Makes the throttle that a rule states. */
final class Throttles {
    private Throttles() {}

    /** Nothing for a rule that is no throttle. */
    static Optional<Throttle> of(ThrottleRule rule, Time time) {
        if (rule instanceof ThrottleRule.Pause pause) {
            return Optional.of(new PauseThrottle(pause.time()));
        } else if (rule instanceof ThrottleRule.Nice nice) {
            return Optional.of(new NiceThrottle(nice.share()));
        } else if (rule instanceof ThrottleRule.Rate rate) {
            return Optional.of(new RateThrottle(rate.unit(), rate.most(), rate.per(), time));
        }
        return Optional.empty();
    }
}
