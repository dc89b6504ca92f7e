package dev.backfill.hook

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.plan.HookEvent
import dev.backfill.plan.HookRule
import dev.backfill.plan.ThrottleRule
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.Progress
import dev.backfill.run.RunOptions
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.time.Duration

/** A run in virtual time, whose hooks are real commands. */
@Timeout(60)
class StallSpec extends Specification {
    private static final Duration LONGEST = Duration.ofMinutes(10)

    @TempDir
    Path folder
    def time = new RunnerTime(new CommonClock())
    def store = new MemoryStore(time)

    /** What was told, a line each. */
    private List<String> run(ThrottleRule throttle, Closure saved = { }) {
        def told = folder.resolve('told').toFile()
        told.createNewFile()
        def call = new HookRule.Call.Command("echo \"\$BACKFILL_EVENT \$BACKFILL_TEXT\" >> $told")
        def heard = new Listening() {
            void saved(Progress progress) {
                super.saved(progress)
                saved(progress)
            }
        }
        def backfill = Plans.plan(throttle: [throttle], [Plans.phase(new ListSource('id', Plans.products(30), true), [], new RecordingSink('id'))])
        def hooked = new HookedListener(heard, new Hooks('products', [new HookRule([HookEvent.STALL] as Set, call)]), 'products', 'here', LONGEST, time)
        try {
            new OpenResources(2).withCloseable {
                new Runner(backfill, RunOptions.standard(), Plans.conditions(time, listener: hooked), { false } as Processes).run(it, store)
            }
        } finally {
            hooked.close()
        }
        told.readLines()
    }

    def "a run of which no batch is saved for ten minutes tells so once, and again only after one was saved"() {
        expect:
        run(new ThrottleRule.Pause(Duration.ofMinutes(25))) == ['stall products on here: no batch was saved for 10 min; see its status'] * 2
    }

    def "a run that is slow tells nothing"() {
        expect:
        run(new ThrottleRule.Pause(Duration.ofMinutes(9))) == []
    }

    def "a run that a person paused does not stall"() {
        when:
        run(new ThrottleRule.Pause(Duration.ofMinutes(1))) {
            new ControlStateStore(store).change { it.paused(new ControlRequest('anna@laptop', time.now(), '')) }
        }

        then:
        def paused = thrown PausedException
        paused.message.startsWith('paused by anna@laptop')
        time.now() > Plans.START + Duration.ofMinutes(59)
        folder.resolve('told').toFile().text == ''
    }
}
