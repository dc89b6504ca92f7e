package dev.backfill.engine

import dev.backfill.checkpoint.RunStatus
import dev.backfill.control.LiveStatus
import dev.backfill.control.LiveStatusStore
import dev.backfill.control.RunHistory
import dev.backfill.control.Tuning
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.control.ControlState
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.file.FileStore
import dev.backfill.plan.ThrottleRule
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import dev.backfill.time.StopSignal
import dev.backfill.time.StoppedException
import dev.backfill.time.SystemTime
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

import java.nio.file.Path
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.Future

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

/** Runs on the real clock, with another process, as far as the store can tell, that wishes something of them. */
@Timeout(60)
class LiveRunSpec extends Specification {
    private static final Duration LONG = Duration.ofHours(10)
    private static final double SOON = 2

    @TempDir
    Path folder
    @AutoCleanup('shutdownNow')
    def threads = Executors.newCachedThreadPool()
    def stop = new StopSignal()
    def sink = new RecordingSink('id')
    def listening = new Listening()
    def holds = new CountDownLatch(1)

    /** Opens the checkpoint as another process does. */
    FileStore store() {
        new FileStore(folder.resolve('products.json'), Clock.systemUTC())
    }

    ControlState wish(Closure<ControlState> change) {
        def anna = new ControlRequest('anna@laptop', Instant.now(), 'the shop is slow')
        new ControlStateStore(store()).change { change(it, anna) as ControlState }
    }

    Future<RunResult> start(Map with = [:], Duration pause) {
        listening = new Listening() {
            void holding(String throttle, Duration time) {
                super.holding(throttle, time)
                holds.countDown()
            }
        }
        def options = with.exitOnPause
                ? new RunOptions(OptionalInt.empty(), true, false, false, false, RunOptions.standard().extent(), RunOptions.standard().concurrency(), true)
                : RunOptions.standard()
        threads.submit({
            def resources = new OpenResources(4, false)
            try {
                new Runner(plan(throttle: [new ThrottleRule.Pause(pause)], [phase(new ListSource('id', products(95), true), [], sink)]),
                        options, conditions(new SystemTime(), stop: stop, listener: listening), { true } as Processes).run(resources, store())
            } finally {
                resources.close()
            }
        } as Callable<RunResult>)
    }

    LiveStatus pulse() {
        new LiveStatusStore(store()).read().orElse(null)
    }

    /** The run follows that wish within two seconds. */
    void followed(ControlState wishes) {
        new PollingConditions(timeout: SOON, delay: 0.02).eventually {
            assert pulse()?.answered() >= wishes.number()
        }
    }

    static Tuning pausing(double seconds) {
        new Tuning(OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.of(seconds), OptionalInt.empty())
    }

    def "a pause from elsewhere holds within two seconds in the middle of a long wait, and resume lifts it"() {
        given:
        def run = start(LONG)
        holds.await()

        when:
        def pause = wish { wishes, anna -> wishes.paused(anna) }
        followed(pause)

        then: 'it holds by hand now, though the long wait would have been over: and it still owns the checkpoint'
        new PollingConditions(timeout: SOON, delay: 0.02).eventually {
            assert listening.heard.last().startsWith('paused by hand')
        }

        when: 'the long wait is over'
        followed(wish { wishes, anna -> wishes.tuned(pausing(0), anna) })

        then:
        !run.done
        sink.held().size() == 10
        !store().read().holder().get().expired()
        pulse().held().get() == 'paused by hand'

        when:
        followed(wish { wishes, anna -> wishes.resumed() })
        def result = run.get()

        then:
        result.state().status() == RunStatus.DONE
        sink.held().size() == 95

        and: 'what was tuned was meant for that run'
        new ControlStateStore(store()).read().tuning() == Tuning.none()
        new RunHistory(store()).read()*.outcome() == ['done']
        new RunHistory(store()).read()*.read() == [95L]
        Math.abs(pulse().shares().values().sum() - 1) < 1e-9
    }

    def "what is tuned from elsewhere is followed within two seconds in the middle of a long wait"() {
        given:
        def run = start(LONG)
        holds.await()

        when:
        def began = System.nanoTime()
        wish { wishes, anna -> wishes.tuned(new Tuning(OptionalInt.of(30), OptionalDouble.empty(), OptionalDouble.of(0), OptionalInt.empty()), anna) }
        def result = run.get()

        then: 'ten records in the first batch, then thirty each'
        (System.nanoTime() - began) / 1e9 < SOON + 1
        result.state().phases()[0].batches() == 4
    }

    def "a cancel from elsewhere ends a long wait, and the run goes on only when it is lifted"() {
        given:
        def run = start(LONG)
        holds.await()

        when:
        def began = System.nanoTime()
        wish { wishes, anna -> wishes.cancelled(anna) }
        run.get()

        then:
        def ended = thrown(ExecutionException)
        ended.cause instanceof StoppedException
        (System.nanoTime() - began) / 1e9 < SOON + 1
        store().read().checkpoint().get().run().status() == RunStatus.CANCELLED
        store().read().holder().empty
        new RunHistory(store()).read().last().outcome() == 'cancelled'

        when:
        stop = new StopSignal()
        start(Duration.ZERO).get()

        then:
        def refused = thrown(ExecutionException)
        refused.cause instanceof PausedException
        refused.cause.message.startsWith('cancelled by anna@laptop')

        when:
        wish { wishes, anna -> wishes.resumed() }

        then:
        start(Duration.ZERO).get().state().status() == RunStatus.DONE
    }

    def "a run that is to end when it is paused does so, with its checkpoint saved"() {
        given:
        def run = start(LONG, exitOnPause: true)
        holds.await()

        when:
        wish { wishes, anna -> wishes.paused(anna) }
        run.get()

        then:
        def ended = thrown(ExecutionException)
        ended.cause instanceof PausedException
        ended.cause.message.startsWith('paused by anna@laptop')
        ended.cause.message.contains('the shop is slow')
        store().read().checkpoint().get().run().status() == RunStatus.STOPPED
        store().read().holder().empty
    }
}
