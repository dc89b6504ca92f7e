package dev.backfill.hook;

import dev.backfill.plan.HookEvent;
import dev.backfill.time.Ticks;
import dev.backfill.time.Time;
import java.time.Duration;

/** Reports when no batch was saved for so long; once, until one is saved again. A run that a person paused does not stall. */
final class StallWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Hooks hooks;
    private final String backfill;
    private final Duration longest;
    private final Time time;
    private final Ticks looks;
    private long alive;
    private boolean told;
    private boolean paused;

    StallWatch(Hooks hooks, String backfill, Duration longest, Time time) {
        this.hooks = hooks;
        this.backfill = backfill;
        this.longest = longest;
        this.time = time;
        this.alive = time.nanos();
        this.looks = time.every(longest.compareTo(LOOK) < 0 ? longest : LOOK, "stall", this::look);
    }

    synchronized void saved() {
        alive = time.nanos();
        told = false;
    }

    synchronized void paused(boolean now) {
        paused = now;
        alive = time.nanos();
    }

    synchronized void look() {
        Duration silent = Duration.ofNanos(time.nanos() - alive);
        if (!told && !paused && silent.compareTo(longest) >= 0) {
            told = true;
            hooks.tell(
                    HookEvent.STALL,
                    backfill + ": no batch was saved for " + silent.toMinutes() + " min; see its status");
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
