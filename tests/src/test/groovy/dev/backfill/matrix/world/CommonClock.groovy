package dev.backfill.matrix.world

import dev.backfill.time.StopSignal
import dev.backfill.time.Time
import groovy.transform.CompileStatic

import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset

/** The time of a world, which passes only when somebody in it lets it pass. */
@CompileStatic
class CommonClock extends Clock implements Time {
    private Instant now = Instant.parse('2026-11-23T12:00:00Z')
    private final NavigableMap<Long, Runnable> later = new TreeMap<>()
    private long nanos

    void pass(Duration time) {
        forward(time).each { it.run() }
    }

    private synchronized List<Runnable> forward(Duration time) {
        now += time
        nanos += time.toNanos()
        Map<Long, Runnable> due = later.headMap(nanos, true)
        List<Runnable> all = due.values().toList()
        due.clear()
        all
    }

    /** Lets this happen once so much time has passed. */
    synchronized void then(Duration time, Runnable what) {
        later.put(nanos + time.toNanos(), what)
    }

    synchronized Instant now() { now }

    synchronized long nanos() { nanos }

    boolean await(Duration time, StopSignal signal) {
        pass(time)
        signal.given().present
    }

    Instant instant() { now() }

    ZoneId getZone() { ZoneOffset.UTC }

    Clock withZone(ZoneId zone) { this }
}
