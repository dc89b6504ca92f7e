package dev.backfill.ownership

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.Claim
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.engine.Listening
import dev.backfill.engine.Plans
import dev.backfill.fake.FakeTime
import dev.backfill.run.OwnedException
import dev.backfill.run.Processes
import dev.backfill.time.StopSignal
import dev.backfill.time.Time
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

import static dev.backfill.engine.Plans.conditions
import static dev.backfill.engine.Plans.owner

class OwnershipSpec extends Specification {
    def clock = new FakeTime(Plans.START)
    def store = new MemoryStore(clock)
    def listening = new Listening()
    def whileWaiting = { }
    def waits = []

    /** Lets something happen during each wait. */
    Time time = new Time() {
        Instant now() { clock.now() }

        long nanos() { clock.nanos() }

        boolean await(Duration duration, StopSignal signal) {
            waits << duration
            whileWaiting()
            clock.await(duration, signal)
        }
    }

    def take(Map<String, ?> with = [:]) {
        new Ownership(store, conditions(time, listener: listening, owner: owner(9)), { with.alive as boolean } as Processes)
                .take(with.patient != false)
    }

    def "a free checkpoint is taken at once"() {
        expect:
        take().epoch() == 1
        waits.empty
    }

    def "a living process of this machine is not disturbed, and named at once"() {
        given:
        store.acquire(owner(4711), Claim.ifFree())

        when:
        take(alive: true)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('ops@host-here pid 4711')
        waits.empty
    }

    def "a dead process of this machine is followed at once"() {
        given:
        store.acquire(owner(4711), Claim.ifFree())

        expect:
        take(alive: false).epoch() == 2
        waits.empty
    }

    def "another machine whose heart beats is left alone within two seconds"() {
        given:
        def lease = store.acquire(owner(4711, 'there'), Claim.ifFree())
        whileWaiting = { if (waits.size() == 10) { store.beat(lease) } }

        when:
        take()

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('pid 4711')
        waits.sum { it.toMillis() } <= 1500
    }

    def "another machine that is silent is waited for until its lease has expired"() {
        given:
        store.acquire(owner(4711, 'there'), Claim.ifFree())

        when:
        def lease = take()

        then:
        lease.epoch() == 2
        listening.heard == ['waiting for pid 4711']
        Duration.between(Plans.START, clock.now()) > CheckpointStore.LEASE
        Duration.between(Plans.START, clock.now()) < CheckpointStore.LEASE + Duration.ofSeconds(3)
    }

    def "the wait ends when the silent one comes back"() {
        given:
        def lease = store.acquire(owner(4711, 'there'), Claim.ifFree())
        whileWaiting = { if (waits.size() == 25) { store.beat(lease) } }

        when:
        take()

        then:
        thrown(OwnedException)
    }

    def "who does not want to wait is told that the lease has not expired"() {
        given:
        store.acquire(owner(4711, 'there'), Claim.ifFree())

        when:
        take(patient: false)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('not expired')
    }

    def "an expired lease is taken at once, wherever it was"() {
        given:
        store.acquire(owner(4711, 'there'), Claim.ifFree())
        clock.pass(Duration.ofSeconds(31))

        expect:
        take().epoch() == 2
        waits.empty
    }
}
