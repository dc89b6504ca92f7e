package dev.backfill.ownership

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.retry.Retry
import dev.backfill.retry.RetryPolicy
import dev.backfill.time.StopSignal
import dev.backfill.time.Time
import dev.backfill.time.Waiter
import spock.lang.Specification

import java.time.Duration

class LeaseGuardSpec extends Specification {
    FakeTime time = new FakeTime(Plans.START)
    def waiter = new Waiter(time, new StopSignal())
    Closure<Lease> answer = { Lease lease -> lease }
    def store = [renew: { Lease lease -> answer(lease) }] as CheckpointStore
    def guard = new LeaseGuard(store, new Lease(Plans.owner(1), 1, 0), waiter)

    def "a lease that was renewed a moment ago lets a write pass without a wait"() {
        when:
        time.pass(Duration.ofSeconds(14))
        guard.check()

        then:
        time.waits() == []
    }

    def "a write that may begin has until a second before the lease ends, counted from when its last renewal began"() {
        given:
        answer = { time.pass(Duration.ofMillis(300)) }
        guard.renew()
        time.pass(Duration.ofMillis(14_600))

        when: 'that was 14.9 s ago; the write stalls for 29 s'
        def deadline = guard.check()

        then:
        deadline.left() == Duration.ofMillis(14_100)

        when:
        time.pass(Duration.ofSeconds(29))

        then: 'no later renewal gives a write more time that has begun'
        deadline.left() == Duration.ofMillis(-14_900)
        guard.renew()
        deadline.left() < Duration.ZERO
    }

    def "a write waits for a store that is away, until a renewal succeeds"() {
        given:
        def beating = new BeatingTime(time: time, beat: { if (time.waits().size() == 20) { guard.renew() } })
        guard = new LeaseGuard(store, new Lease(Plans.owner(1), 1, 0), new Waiter(beating, new StopSignal()))
        time.pass(Duration.ofSeconds(16))

        when:
        guard.check()

        then:
        time.waits().size() == 20
    }

    def "a store that stays away ends the run after four minutes, also where writes are tried again"() {
        given:
        answer = { throw new TransientFailure('no connection') }
        def retry = new Retry(RetryPolicy.STANDARD, waiter, new Random(1), { doing, failure, attempt, wait -> })
        time.pass(Duration.ofSeconds(16))

        when:
        retry.run('writing to products') {
            guard.check()
            true
        }

        then:
        def failure = thrown FatalFailure
        failure.message == 'renewing the lease: the checkpoint store has not answered for 256 s; start again when it is back'
        time.waits().inject(Duration.ZERO) { sum, wait -> sum + wait } <= Duration.ofMinutes(4) + Duration.ofSeconds(1)
    }

    def "a lease that another runner has taken is said at once"() {
        given:
        answer = { throw new LeaseLostException('owned by another') }

        when:
        guard.renew()
        guard.check()

        then:
        thrown LeaseLostException
        time.waits() == []
    }

    static class BeatingTime implements Time {
        @Delegate
        FakeTime time
        Closure<?> beat

        @Override
        boolean await(Duration wait, StopSignal signal) {
            def stopped = time.await(wait, signal)
            beat()
            stopped
        }
    }
}
