package dev.backfill.retry

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fake.FakeTime
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import dev.backfill.time.StoppedException
import dev.backfill.time.Waiter
import spock.lang.Specification

import java.time.Duration
import java.time.Instant
import java.util.random.RandomGenerator

class RetrySpec extends Specification {
    def time = new FakeTime(Instant.EPOCH)
    def stop = new StopSignal()
    def heard = []
    def retry = new Retry(
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(3)),
            new Waiter(time, stop),
            { 1L << 63 } as RandomGenerator,
            { doing, failure, attempt, wait -> heard << "$doing $attempt ${wait.toMillis()} ${failure.message}".toString() })

    def "a failure that passes is tried again, after longer and longer waits"() {
        given:
        def failures = [new TransientFailure('gone'), new TransientFailure('still gone'), new TransientFailure('gone again')]

        expect:
        retry.run('reading') { if (failures) { throw failures.remove(0) }; 'read' } == 'read'
        heard == ['reading 1 750 gone', 'reading 2 1500 still gone', 'reading 3 2250 gone again']
    }

    def "the last failure goes through when the attempts are used up"() {
        when:
        retry.run('reading') { throw new TransientFailure('gone for good') }

        then:
        def failure = thrown(TransientFailure)
        failure.message == 'gone for good'
        time.waits().size() == 3
    }

    def "#failure.class.simpleName goes through at once"() {
        when:
        retry.run('reading') { throw failure }

        then:
        thrown(failure.class)
        time.waits().empty

        where:
        failure << [new FatalFailure('wrong password'), new UnknownOutcome('answer lost'), new IllegalStateException('a mistake of ours')]
    }

    def "a server that says how long to wait is heard; zero is no answer"() {
        given:
        def failures = [new ThrottledFailure('slow down', Optional.of(Duration.ofSeconds(42))), new ThrottledFailure('slow down', Optional.of(Duration.ZERO))]

        when:
        retry.run('asking') { if (failures) { throw failures.remove(0) }; 'ok' }

        then:
        time.waits() == [Duration.ofSeconds(42), Duration.ofMillis(1500)]
    }

    def "a wait ends when the run is to stop"() {
        given:
        stop.give(Stop.INTERRUPT)

        when:
        retry.run('reading') { throw new TransientFailure('gone') }

        then:
        thrown(StoppedException)
    }
}
