package dev.backfill.engine;

import dev.backfill.control.LiveControl;
import dev.backfill.control.Wish;
import dev.backfill.run.Conditions;
import dev.backfill.run.TimeSheet;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds what a server asked to be sent later, for as long as a person pauses the run; after an hour it goes on, so that the
 * batch under way can be finished. Thread-safe.
 */
final class HandBrake {
    private final Conditions conditions;
    private final TimeSheet sheet;
    private final boolean endsWhenPaused;
    private volatile Optional<LiveControl> control = Optional.empty();

    /**
     * @param endsWhenPaused true if a pause is to end the run rather than to hold it
     */
    HandBrake(Conditions conditions, TimeSheet sheet, boolean endsWhenPaused) {
        this.conditions = conditions;
        this.sheet = sheet;
        this.endsWhenPaused = endsWhenPaused;
    }

    void follows(LiveControl now) {
        control = Optional.of(now);
    }

    void hold() {
        long rings = conditions.stop().rings();
        Optional<Duration> left = left();
        while (left.isPresent() && !endsWhenPaused) {
            hold(left.get(), rings);
            rings = conditions.stop().rings();
            left = left();
        }
    }

    private Optional<Duration> left() {
        return control.flatMap(LiveControl::paused).map(this::left).filter(time -> time.compareTo(Duration.ZERO) > 0);
    }

    private Duration left(Wish wish) {
        return Entrance.PATIENCE.minus(
                Duration.between(wish.at(), conditions.time().now()));
    }

    private void hold(Duration time, long rings) {
        conditions.listener().holding(Entrance.BY_HAND, time);
        sheet.waits(TimeSheet.RETRIES);
        try {
            conditions.waiter().rest(time, rings);
        } finally {
            sheet.goesOn(TimeSheet.RETRIES);
        }
    }
}
