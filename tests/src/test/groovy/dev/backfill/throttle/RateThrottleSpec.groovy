package dev.backfill.throttle

import dev.backfill.fake.FakeTime
import dev.backfill.plan.limit.Unit
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

class RateThrottleSpec extends Specification {
    def time = new FakeTime(Instant.EPOCH)

    def "batches are as far apart as the rate says, whatever time the work takes"() {
        given:
        def rate = new RateThrottle(Unit.RECORDS, 1000, Duration.ofSeconds(1), time)

        when: 'each batch of 500 takes 200 ms of work, then waits as told'
        def starts = (1..4).collect {
            def begun = time.nanos()
            time.pass(Duration.ofMillis(200))
            time.pass(rate.reserve(new Cost(500)))
            time.nanos() - begun
        }

        then:
        starts.tail().every { it == Duration.ofMillis(500).toNanos() }
        starts.sum() <= Duration.ofSeconds(2).toNanos()
    }

    def "work that is slower than the rate is never held up"() {
        given:
        def rate = new RateThrottle(Unit.RECORDS, 10, Duration.ofMinutes(1), time)

        expect:
        (1..3).every {
            time.pass(Duration.ofSeconds(7))
            rate.reserve(new Cost(1)) == Duration.ZERO
        }
    }

    def "an idle hour saves up nothing"() {
        given:
        def rate = new RateThrottle(Unit.RECORDS, 100, Duration.ofSeconds(1), time)
        time.pass(Duration.ofHours(1))

        expect:
        rate.reserve(new Cost(100)) == Duration.ZERO
        rate.reserve(new Cost(100)) == Duration.ofSeconds(1)
    }

    def "of several limits the longest wait holds, and is named"() {
        given:
        def limits = new Limits([new PauseThrottle(Duration.ofMillis(500)), new RateThrottle(Unit.RECORDS, 100, Duration.ofSeconds(1), time)])

        time.pass(Duration.ofMillis(800))

        expect:
        limits.reserve(new Cost(100)).get() == new Hold(Duration.ofMillis(500), 'pause 0.5 s')
        limits.reserve(new Cost(100)).get() == new Hold(Duration.ofMillis(1200), 'rate 100 per 1 s')
        new Limits([]).reserve(new Cost(1)).empty
    }
}
