package dev.backfill.throttle

import dev.backfill.plan.ThrottleRule
import spock.lang.Specification

import java.time.Duration

class BatchSizeSpec extends Specification {
    private static final Duration TARGET = Duration.ofMillis(500)

    private static BatchSize size(int first) {
        BatchSize.of(first, [new ThrottleRule.BatchTime(TARGET)])
    }

    def "without a target the size stays, whatever a batch takes"() {
        given:
        def size = BatchSize.of(1000, [new ThrottleRule.Pause(TARGET)])

        when:
        size.took(1000, Duration.ofHours(1))

        then:
        size.next() == 1000
    }

    def "batches come to take the wanted time, from above and from below"() {
        given: 'a server that needs so long for each record'
        def size = size(first)

        when:
        20.times { size.took(size.next(), Duration.ofNanos(size.next() * nanos)) }

        then:
        Math.abs(size.next() * nanos / TARGET.toNanos() - 1) < 0.05

        where:
        first | nanos
        1000  | 100_000L
        1000  | 3_000_000L
        50    | 250_000L
    }

    def "a batch that takes five times the wanted time halves the size at once, however many are under way"() {
        given:
        def size = size(1000)

        when:
        4.times { size.took(1000, Duration.ofMillis(2500)) }

        then:
        size.next() == 500
    }

    def "the size grows again when the server is fast again, by a half at most"() {
        given:
        def size = size(1000)

        when:
        size.took(1000, Duration.ofSeconds(3))
        size.took(500, Duration.ofMillis(10))

        then:
        size.next() == 750
    }

    def "the size stays between 10 and 100,000"() {
        given:
        def slow = size(1000)
        def fast = size(1000)

        when:
        30.times {
            slow.took(slow.next(), Duration.ofMinutes(1))
            fast.took(fast.next(), Duration.ofNanos(1))
        }

        then:
        slow.next() == 10
        fast.next() == 100_000
    }

    def "the short batch at the end of a split says nothing"() {
        given:
        def size = size(1000)

        when:
        size.took(3, Duration.ofSeconds(10))
        size.took(900, Duration.ofMillis(10))

        then:
        size.next() == 1000
    }
}
