package dev.backfill.engine.pacing

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.Cursor
import dev.backfill.connector.Failure
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.connector.ThrottledFailure
import dev.backfill.control.LiveStatusStore
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.TimeSheet
import dev.backfill.time.StopSignal
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration

/** Whoever looks at a run that waits sees that it waits, at every moment, also when one wait becomes another. */
@Timeout(60)
class HeldSpec extends Specification {
    TimeSheet sheet
    boolean waiting
    /** What somebody saw who looked whenever the run asked what time it is. */
    def seen = [] as Set
    def pulses = []
    def time = new RunnerTime(new CommonClock()) {
        long nanos() {
            if (waiting && sheet) {
                seen << sheet.held().orElse('nothing')
            }
            super.nanos()
        }

        boolean await(Duration wait, StopSignal signal, long heard) {
            def end = super.nanos() + wait.toNanos()
            waiting = pulses.empty
            while (super.nanos() < end && signal.given().empty && signal.rings() == heard) {
                pass(Duration.ofNanos(Math.min(end - super.nanos(), Duration.ofSeconds(1).toNanos())))
            }
            signal.given().present
        }
    }
    def store = new MemoryStore(time)
    def sink = new RecordingSink('id')

    private void wish(Closure change) {
        new ControlStateStore(store).change { change(it, new ControlRequest('anna@laptop', time.now(), 'it suffers')) }
    }

    /** The first wait is paused by a person, and the second resumed: between them the run never looks as if it worked. */
    private void run(List throttle, SourceDefinition source) {
        def waits = 0
        def listening = new Listening() {
            void timed(TimeSheet times) { sheet = times }

            void holding(String title, Duration duration) {
                super.holding(title, duration)
                begins()
            }

            void retrying(String doing, Failure failure, int attempt, Duration wait) { begins() }

            private void begins() {
                waits++
                if (waits == 1) {
                    wish { wishes, wish -> wishes.paused(wish) }
                } else if (waits == 2) {
                    pulses << new LiveStatusStore(store).read().get()
                    wish { wishes, wish -> wishes.resumed() }
                    waiting = false
                }
            }
        }
        new OpenResources(2).withCloseable {
            new Runner(Plans.plan(throttle: throttle, [Plans.phase(source, [], sink)]), RunOptions.standard(),
                    Plans.conditions(time, listener: listening), { false } as Processes).run(it, store)
        }
    }

    def "between a throttle's wait and a person's"() {
        when:
        run([new ThrottleRule.Pause(Duration.ofHours(10))], new ListSource('id', Plans.products(30), true))

        then:
        !seen.empty
        !seen.contains('nothing')

        and: 'the record that counts the pause names it'
        pulses*.held() == [Optional.of('paused by hand')]
        pulses*.answered() == [1L]
        sink.held().size() == 30
    }

    def "between a server's wait and a person's"() {
        when:
        run([], busy())

        then:
        !seen.empty
        !seen.contains('nothing')
        pulses*.held() == [Optional.of('waiting for retries')]
        sink.held().size() == 30
    }

    /** Is too busy when it is asked first. */
    private SourceDefinition busy() {
        def list = new ListSource('id', Plans.products(30), true)
        def asked = 0
        def source = [splits: { int wanted -> list.splits(wanted) }, key: { Row row -> list.key(row) }, resumable: { -> true }, close: { -> },
                      read: { Split split, Cursor after, int limit ->
            if (asked++ == 0) {
                throw new ThrottledFailure('too many requests', Optional.of(Duration.ofMinutes(10)))
            }
            list.read(split, after, limit)
        }] as Source
        [open: { it -> source }, title: { -> 'a busy server' }] as SourceDefinition
    }
}
