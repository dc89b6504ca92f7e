package dev.backfill.matrix

import dev.backfill.connector.Failure
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import groovy.transform.CompileStatic

import java.time.Duration
import java.util.function.Supplier

/** Lets one thing go wrong in one process, at the step that its point names; counts the steps. */
@CompileStatic
class Disturbance {
    static final Duration STEP = Duration.ofMillis(100)

    static class Crash extends Error { }

    final StopSignal stop = new StopSignal()
    final RunnerTime time
    private final Point point
    private final Runnable takeover
    private final Runnable pause
    private final Runnable change
    private final Map<Operation, Integer> counts = new EnumMap<>(Operation)
    private Fault armed
    volatile boolean dead
    volatile boolean struck

    /**
     * @param point null to let nothing go wrong
     */
    Disturbance(RunnerTime time, Point point, Runnable takeover, Runnable pause, Runnable change) {
        this.time = time
        this.point = point
        this.takeover = takeover
        this.pause = pause
        this.change = change
    }

    static Disturbance none(RunnerTime time) {
        new Disturbance(time, null, { }, { }, { })
    }

    synchronized Map<Operation, Integer> counts() {
        new EnumMap<>(counts)
    }

    def <T> T step(Operation operation, Supplier<T> effect) {
        if (operation != Operation.BEAT) {
            time.pass(STEP)
        }
        boolean here = isHere(operation)
        if (here && !point.after) {
            strike(operation)
        }
        live()
        T result = effect.get()
        if (here && point.after) {
            strike(operation)
        }
        live()
        loseAnswer(operation)
        result
    }

    private synchronized boolean isHere(Operation operation) {
        counts.merge(operation, 1, Integer::sum)
        point != null && operation == point.operation && counts[operation] == point.occurrence
    }

    private void live() {
        if (dead) {
            throw new Crash()
        }
    }

    private void strike(Operation operation) {
        switch (point.fault) {
            case Fault.KILL: dead = true; break
            case Fault.STOP: stop.give(Stop.TERMINATE); break
            case Fault.LEASE_LOST: takeover.run(); break
            case Fault.PAUSED: pause.run(); break
            case Fault.OTHER_CLIENT: change.run(); break
            case Fault.TIME_OUT: timeOut(operation); break
            default: arm(); return
        }
        struck = true
    }

    private synchronized void arm() {
        armed = point.fault
    }

    private void timeOut(Operation operation) {
        struck = true
        time.pass(Duration.ofSeconds(9))
        throw failure(operation, 'no answer in time')
    }

    private void loseAnswer(Operation operation) {
        if (isLost(operation)) {
            struck = true
            throw failure(operation, 'the answer is lost')
        }
    }

    private synchronized boolean isLost(Operation operation) {
        boolean lost = (armed == Fault.LOST_COMMIT && operation.saving) || (armed == Fault.LOST_ACKNOWLEDGEMENT && operation.acknowledged)
        armed = lost ? null : armed
        lost
    }

    /** As connectors sort it: a write that may have taken effect is in doubt, unless doing it again is harmless. */
    private Failure failure(Operation operation, String what) {
        boolean doubt = operation.saving || operation == Operation.FINISH || (operation.writing && (point.kind == SinkKind.APPENDING || point.seed % 2 == 0))
        doubt ? new UnknownOutcome("$operation: $what") : new TransientFailure("$operation: $what")
    }
}
