package dev.backfill.matrix.world

import dev.backfill.time.StopSignal
import dev.backfill.time.Ticks
import dev.backfill.time.Time
import groovy.transform.CompileStatic

import java.time.Duration
import java.time.Instant
import java.util.concurrent.CopyOnWriteArrayList

/** The time as one process sees it: its wall clock may be wrong, and what ticks in it stands still while it is paused. */
@CompileStatic
class RunnerTime implements Time {
    private static final Duration STRIDE = Duration.ofSeconds(1)
    private final CommonClock common
    private final List<Tick> ticks = new CopyOnWriteArrayList<>()
    volatile Duration skew

    RunnerTime(CommonClock common, Duration skew = Duration.ZERO) {
        this.common = common
        this.skew = skew
    }

    void pass(Duration time) {
        Duration left = time
        while (left > Duration.ZERO) {
            Duration part = left < STRIDE ? left : STRIDE
            common.pass(part)
            left -= part
            ticks.each { Tick tick -> tick.due(common.nanos()) }
        }
    }

    Instant now() { common.now() + skew }

    long nanos() { common.nanos() }

    boolean await(Duration time, StopSignal signal) {
        if (signal.given().empty) {
            pass(time)
        }
        signal.given().present
    }

    @Override
    Ticks every(Duration period, String name, Runnable task) {
        Tick tick = new Tick(task, period.toNanos(), common.nanos())
        ticks << tick
        return { ticks.remove(tick) } as Ticks
    }

    @CompileStatic
    private static class Tick {
        private final Runnable task
        private final long period
        private long last

        Tick(Runnable task, long period, long last) {
            this.task = task
            this.period = period
            this.last = last
        }

        void due(long now) {
            if (begins(now)) {
                task.run()
            }
        }

        private synchronized boolean begins(long now) {
            boolean due = now - last >= period
            last = due ? now : last
            due
        }
    }
}
