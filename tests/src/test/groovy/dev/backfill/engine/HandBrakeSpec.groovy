package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.Cursor
import dev.backfill.connector.Failure
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.matrix.world.CommonClock
import dev.backfill.matrix.world.RunnerTime
import dev.backfill.plan.SourceDefinition
import dev.backfill.run.Extent
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.time.StopSignal
import spock.lang.Specification
import spock.lang.Timeout
import spock.lang.Unroll

import java.time.Duration
import java.time.Instant

/** A server asks to be left alone for ten minutes, and meanwhile a person pauses the run. */
@Timeout(60)
class HandBrakeSpec extends Specification {
    /** Its waits hear a ring within a second, as real ones do. */
    def time = new RunnerTime(new CommonClock()) {
        boolean await(Duration wait, StopSignal signal, long heard) {
            def end = nanos() + wait.toNanos()
            while (nanos() < end && signal.given().empty && signal.rings() == heard) {
                pass(Duration.ofNanos(Math.min(end - nanos(), Duration.ofSeconds(1).toNanos())))
            }
            signal.given().present
        }
    }
    def store = new MemoryStore(time)
    def sink = new RecordingSink('id')
    def asked = []
    int failures = 1
    /** How far the clock of the person who pauses is off the run's. */
    Duration skew = Duration.ZERO
    Failure failure = new ThrottledFailure('too many requests', Optional.of(Duration.ofMinutes(10)))

    /** Resumes after so long, if at all. */
    private run(Optional<Duration> resumes, RunOptions options = RunOptions.standard(), boolean pauses = true) {
        def listening = new Listening() {
            void retrying(String doing, Failure failure, int attempt, Duration wait) {
                super.retrying(doing, failure, attempt, wait)
                if (pauses) {
                    wish { wishes, wish -> wishes.paused(wish) }
                }
            }

            void holding(String throttle, Duration duration) {
                super.holding(throttle, duration)
                resumes.ifPresent { time.pass(it); wish { wishes, wish -> wishes.resumed() } }
            }
        }
        def backfill = Plans.plan([Plans.phase(busy(), [], sink)])
        new OpenResources(2).withCloseable {
            new Runner(backfill, options, Plans.conditions(time, listener: listening), { false } as Processes).run(it, store)
        }
    }

    private static RunOptions options(Map with) {
        def standard = RunOptions.standard()
        def all = Extent.all()
        new RunOptions(standard.batch(), standard.waitForOwner(), standard.dryRun(), with.restart as boolean, standard.acceptChanges(),
            new Extent(all.phase(), all.scope(), all.keys(), all.limit(), Optional.ofNullable(with.until as Instant)),
            standard.concurrency(), with.exitOnPause as boolean)
    }

    private void wish(Closure change) {
        new ControlStateStore(store).change { change(it, new ControlRequest('anna@laptop', time.now() + skew, 'it suffers')) }
    }

    def "it is not asked again before the run is resumed, however long ago its wait was over"() {
        given:
        def began = time.now()

        when:
        run(Optional.of(Duration.ofMinutes(20)))

        then: 'it was asked at the start, and when the wait and the pause were over'
        sink.held().size() == 30
        Duration.between(began, asked[1]) >= Duration.ofMinutes(30)
        asked.size() == 4
    }

    def "after an hour the batch under way is finished, and the run ends"() {
        given:
        def began = time.now()

        when:
        run(Optional.empty())

        then:
        def paused = thrown PausedException
        paused.message.startsWith('paused by anna@laptop')
        Duration.between(began, asked[1]) >= Duration.ofMinutes(60)
        sink.held().size() <= 10
        store.read().holder().empty
    }

    def "where a pause ends the run, what the server asked for is not waited out, and the next start does the batch"() {
        given:
        def began = time.now()

        when:
        run(Optional.empty(), options(exitOnPause: true))

        then:
        def paused = thrown PausedException
        paused.message.startsWith('paused by anna@laptop')
        Duration.between(began, time.now()) < Duration.ofSeconds(30)
        asked.size() == 1
        sink.held().isEmpty()
        store.read().holder().empty

        when:
        wish { wishes, wish -> wishes.resumed() }
        run(Optional.empty(), options(exitOnPause: true))

        then:
        sink.held().size() == 30
    }

    def "it is not waited for beyond the end of the time for the run"() {
        given:
        def until = time.now() + Duration.ofMinutes(3)

        when:
        run(Optional.empty(), options(until: until), false)

        then:
        def paused = thrown PausedException
        paused.message.startsWith('the time for this run was over')
        !time.now().isBefore(until) && time.now().isBefore(until + Duration.ofSeconds(5))
        asked.size() == 1
        store.read().holder().empty
    }

    @Unroll("#failed.class.simpleName, #skewed")
    def "a pause lasts an hour by the run's own clock, whatever the clock of the person who asks for it says"() {
        given:
        failure = failed
        failures = failed instanceof ThrottledFailure ? 1 : 3
        skew = skewed
        def began = time.now()

        when:
        run(Optional.of(Duration.ofMinutes(50)))

        then: 'it was resumed in time'
        sink.held().size() == 30
        Duration.between(began, time.now()) < Duration.ofMinutes(65)

        when:
        asked.clear()
        began = time.now()
        run(Optional.empty(), options(restart: true))

        then: 'nobody resumes it'
        def paused = thrown PausedException
        paused.message.startsWith('paused by anna@laptop')
        Duration.between(began, time.now()) >= Duration.ofMinutes(60)
        Duration.between(began, time.now()) < Duration.ofMinutes(75)

        where:
        [failed, skewed] << [[new ThrottledFailure('too many requests', Optional.of(Duration.ofMinutes(10))), new TransientFailure('lost')],
                             [Duration.ofMinutes(-61), Duration.ofDays(-30), Duration.ofMinutes(61), Duration.ofDays(30)]].combinations()
    }

    @Unroll("#failed.class.simpleName")
    def "a pause does not hold the run beyond the end of its time"() {
        given:
        failure = failed
        failures = failed instanceof ThrottledFailure ? 1 : 3
        def until = time.now() + Duration.ofMinutes(20)

        when:
        run(Optional.empty(), options(until: until))

        then:
        def paused = thrown PausedException
        paused.message.startsWith('the time for this run was over')
        !time.now().isBefore(until) && time.now().isBefore(until + Duration.ofSeconds(5))
        store.read().holder().empty

        where:
        failed << [new ThrottledFailure('too many requests', Optional.of(Duration.ofMinutes(10))), new TransientFailure('lost')]
    }

    def "what only failed is tried again while the run is paused, so that the batch under way is finished"() {
        given: 'a failure with several attempts, of which the pause is heard after the first'
        failure = new TransientFailure('lost')
        failures = 3
        def began = time.now()

        when:
        run(Optional.empty())

        then:
        thrown PausedException
        Duration.between(began, asked[3]) < Duration.ofMinutes(1)
        sink.held().size() == 10
    }

    /** Is too busy when it is asked first. */
    private SourceDefinition busy() {
        def list = new ListSource('id', Plans.products(30), true)
        def source = [splits: { int wanted -> list.splits(wanted) }, key: { Row row -> list.key(row) }, resumable: { -> true }, close: { -> },
                      read: { Split split, Cursor after, int limit ->
            asked << time.now()
            if (asked.size() <= failures) {
                throw failure
            }
            list.read(split, after, limit)
        }] as Source
        [open: { it -> source }, title: { -> 'a busy server' }] as SourceDefinition
    }
}
