package dev.backfill.throttle;

import dev.backfill.plan.CheckFunction;
import dev.backfill.time.Time;
import java.time.Duration;

/** Waits while a question of the script's own is answered with yes. */
final class WatchGate implements Gate {
    private final String why;
    private final CheckFunction question;
    private final Probe probe;

    WatchGate(String why, CheckFunction question, Time time) {
        this.why = why;
        this.question = question;
        this.probe = new Probe(why, this::well, time);
    }

    @Override
    public Duration ask(Cost planned) {
        return probe.ask();
    }

    private boolean well() {
        try {
            if (question.test() instanceof Boolean waiting) {
                return !waiting;
            }
        } catch (dev.backfill.plan.ScriptException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        throw new IllegalArgumentException("waitWhile '" + why + "' must answer true or false");
    }

    @Override
    public String title() {
        return why;
    }
}
