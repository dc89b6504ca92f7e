package dev.backfill.engine.pacing;

import dev.backfill.control.ControlRequest;
import dev.backfill.control.LiveControl;
import dev.backfill.run.PausedException;
import dev.backfill.run.RunContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds what a server asked to be sent later, for as long as a person pauses the run; after an hour it continues, so that the
 * batch under way can be finished. Where a pause is to end the run, it does so at once, and so does the end of the run's
 * time. Thread-safe.
 */
public final class HandBrake {
    private final RunContext context;
    private final Allowance allowance;
    private final boolean endsWhenPaused;
    private volatile Optional<LiveControl> control = Optional.empty();

    /**
     * @param allowance says when the run's time is over
     * @param endsWhenPaused true if a pause is to end the run rather than to hold it
     */
    public HandBrake(RunContext context, Allowance allowance, boolean endsWhenPaused) {
        this.allowance = allowance;
        this.context = context;
        this.endsWhenPaused = endsWhenPaused;
    }

    public void follows(LiveControl now) {
        control = Optional.of(now);
    }

    /**
     * Waits so long, but not beyond what ends the run: a pause that is to, or the end of its time; {@link PausedException}
     * then, and the batch under way is given up.
     */
    void waitOut(Duration time) {
        long begun = context.time().nanos();
        Duration left = time;
        do {
            long rings = context.stop().rings();
            endIfPaused();
            allowance.check();
            context.waiter().rest(allowance.atMost(left), rings);
            left = time.minusNanos(context.time().nanos() - begun);
        } while (left.compareTo(Duration.ZERO) > 0);
    }

    private void endIfPaused() {
        Optional<ControlRequest> pause = control.flatMap(LiveControl::paused);
        if (endsWhenPaused && pause.isPresent()) {
            throw Entrance.paused(pause.get());
        }
    }

    void hold() {
        long rings = context.stop().rings();
        Optional<Duration> left = left();
        while (left.isPresent() && !endsWhenPaused) {
            allowance.check();
            hold(allowance.atMost(left.get()), rings);
            rings = context.stop().rings();
            left = left();
        }
    }

    private Optional<Duration> left() {
        return control.filter(now -> now.paused().isPresent())
                .map(now -> Entrance.PATIENCE.minus(now.pausedFor()))
                .filter(time -> time.compareTo(Duration.ZERO) > 0);
    }

    private void hold(Duration time, long rings) {
        context.listener().holding(Entrance.BY_HAND, time);
        context.waiter().rest(time, rings);
    }
}
