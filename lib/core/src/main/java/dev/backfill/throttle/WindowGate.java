package dev.backfill.throttle;

import dev.backfill.plan.limit.Hours;
import dev.backfill.run.PausedException;
import dev.backfill.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Lets work begin within some hours only; outside of them the run ends, to be started again when they begin. */
record WindowGate(List<Hours> hours, Time time) implements Gate {
    @Override
    public Duration ask(Cost planned) {
        Instant now = time.now();
        if (hours.stream().anyMatch(each -> each.contains(now))) {
            return Duration.ZERO;
        }
        Instant next = hours.stream()
                .map(each -> each.next(now))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        throw new PausedException("the " + title() + " is closed until " + next + "; start it again then");
    }

    @Override
    public String title() {
        return "window " + hours.stream().map(Hours::toString).collect(Collectors.joining(", "));
    }
}
