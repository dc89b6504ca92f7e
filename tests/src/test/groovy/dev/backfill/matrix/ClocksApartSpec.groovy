package dev.backfill.matrix

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.engine.Plans
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.MemoryBacking
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.matrix.world.World
import dev.backfill.run.Concurrency
import spock.lang.Specification

import java.time.Duration

/** Two runners whose wall clocks are wrong, of which one stands still while the other comes. */
class ClocksApartSpec extends Specification {
    def clock = new CommonClock()

    def "who comes waits by the store's clock, and who comes back is refused: clocks wrong by #mine and #theirs hours, then set by #step, #operation"() {
        given:
        def world = new World(clock, SinkKind.KEYED, new MemoryBacking(clock, false))
        def own = new RunnerTime(clock, Duration.ofHours(mine))
        def point = new Point(operation, true, 3, Fault.PAUSED, SinkKind.KEYED, 'memory', Concurrency.none(), 1)
        def silent = Duration.ZERO
        def other = ''
        def paused = {
            def since = clock.now()
            own.skew += Duration.ofHours(step)
            other = world.run(Disturbance.none(new RunnerTime(clock, Duration.ofHours(theirs))), Plans.owner(9, 'there'), Concurrency.none())
            silent = Duration.between(since, clock.now())
        }

        when:
        def end = world.run(new Disturbance(own, point, { }, paused, { }), Plans.owner(1), Concurrency.none())

        then:
        other == 'done'
        end == 'LeaseLostException'
        silent > CheckpointStore.LEASE
        new Findings(world).atTheEnd(Concurrency.none()) == []

        where:
        [mine, theirs, step, operation] << [[0, -5, 5], [0, -5, 5], [0, -1, 1], [Operation.READ, Operation.WRITE_1, Operation.SAVE]].combinations()
    }
}
