package dev.backfill.matrix

import dev.backfill.connector.FatalFailure
import dev.backfill.engine.Plans
import dev.backfill.matrix.world.Backing
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.Mutant
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.matrix.world.World
import dev.backfill.run.Concurrency
import dev.backfill.run.Extent
import groovy.transform.CompileStatic

/** Lets one thing go wrong in a world of its own, goes on undisturbed, and says what is not as promised. */
@CompileStatic
class Trial {
    final Point point
    boolean struck
    List<String> violations = []
    private final World world
    private final Disturbance disturbance
    private final OptionalLong part

    Trial(Point point, CommonClock clock, Backing backing, Mutant mutant) {
        this.point = point
        this.world = new World(clock, point.kind, backing, mutant)
        this.part = part(new Random(point.seed))
        if (point.operation.restarting) {
            world.leaveFormer()
        }
        this.disturbance = new Disturbance(new RunnerTime(clock), point, { world.takeOver(part) }, { world.expire(part) }, { world.changeDuringWrite() })
    }

    /** All that is left, or some of it. */
    private static OptionalLong part(Random random) {
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(World.RECORDS))
    }

    static Trial of(Point point, CommonClock clock, Backing backing, Mutant mutant = Mutant.NONE) {
        Trial trial = new Trial(point, clock, backing, mutant)
        trial.go()
        trial
    }

    /**
     * A process that was overtaken while it cut the target back to what it knew: no fencing token reaches a target that only
     * grows. The loss must be told by the next start, and never be silent.
     */
    private boolean isUncovered() {
        point.operation == Operation.RESUME && !point.after && point.fault in [Fault.LEASE_LOST, Fault.PAUSED]
    }

    /** How often each operation happens in a run in which nothing goes wrong. */
    static Map<Operation, Integer> counts(SinkKind kind, Concurrency concurrency, CommonClock clock, Backing backing) {
        Disturbance none = Disturbance.none(new RunnerTime(clock))
        assert new World(clock, kind, backing).run(none, Plans.owner(1), concurrency) == 'done'
        none.counts()
    }

    void go() {
        List<String> ends = []
        try {
            tryAll(ends)
        } catch (FatalFailure e) {
            violations = uncovered ? [] : violations
            if (!uncovered) {
                found("after $ends", e.toString())
            }
        } catch (Exception | AssertionError e) {
            found("after $ends", e.toString())
        }
        struck = disturbance.struck
    }

    private void tryAll(List<String> ends) {
        ends << world.run(disturbance, Plans.owner(1), point.concurrency, Extent.all(), point.operation.restarting)
        new Findings(world).soFar().each { found("after $ends", it) }
        ends << world.run(Disturbance.none(new RunnerTime(world.clock)), Plans.owner(2), Concurrency.none())
        assert ends[-1] == 'done'
        new Findings(world).atTheEnd(point.concurrency).each { found("after $ends", it) }
    }

    private void found(String when, String what) {
        violations << "$point, $when: $what".toString()
    }
}
