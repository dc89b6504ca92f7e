package dev.backfill.ownership

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.LeaseLostException
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

    boolean displace(Map<String, ?> with = [:]) {
        def seen = store.read()
        new Revocation(store, owner(9), { with.alive as boolean } as Processes).of(seen.holder().get(), seen.epoch())
    }

    def "a free checkpoint is taken at once"() {
        expect:
        take().epoch() == 1
        waits.empty
    }

    def "a living process of this machine is not disturbed, and named at once"() {
        given:
        store.acquire(owner(4711), AcquireCondition.ifFree())

        when:
        take(alive: true)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('ops@host-here pid 4711')
        waits.empty
    }

    def "a dead process of this machine is followed at once"() {
        given:
        store.acquire(owner(4711), AcquireCondition.ifFree())

        expect:
        take(alive: false).epoch() == 2
        waits.empty
    }

    def "another machine whose heart beats is left alone within two seconds"() {
        given:
        def lease = store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())
        whileWaiting = { if (waits.size() == 10) { store.renew(lease) } }

        when:
        take()

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('pid 4711')
        waits.sum { it.toMillis() } <= 1500
    }

    def "another machine that is silent is waited for until its lease has expired"() {
        given:
        store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())

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
        def lease = store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())
        whileWaiting = { if (waits.size() == 25) { store.renew(lease) } }

        when:
        take()

        then:
        thrown(OwnedException)
    }

    def "who does not want to wait is told that the lease has not expired"() {
        given:
        store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())

        when:
        take(patient: false)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('not expired')
    }

    def "after a takeover the next one waits for a lease, for the former may still write: #place"() {
        given:
        def former = store.acquire(owner(4711, place), AcquireCondition.ifFree())
        store.renew(former)
        displace(alive: true)

        when: 'it does not know yet'
        store.renew(former)

        then:
        thrown(LeaseLostException)

        when: 'nobody is to wait'
        take(alive: true, patient: false)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('pid 4711')
        owned.message.contains('it was taken over, but may still write until its lease has expired')

        when:
        def lease = take(alive: true)

        then:
        lease.epoch() == 3
        listening.heard == ['waiting for pid 4711']
        Duration.between(Plans.START, clock.now()) > CheckpointStore.LEASE
        Duration.between(Plans.START, clock.now()) < CheckpointStore.LEASE + Duration.ofSeconds(3)

        where:
        place << ['here', 'there']
    }

    def "who waits for a silent one while a person takes over goes on waiting, from the takeover on"() {
        given:
        store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())
        def taken = Plans.START
        whileWaiting = { if (waits.size() == at) { taken = clock.now(); displace() } }

        when:
        def lease = take()

        then:
        lease.epoch() == 3
        Duration.between(taken, clock.now()) > CheckpointStore.LEASE

        where: 'while it watches, and while it waits'
        at << [5, 25]
    }

    def "the wait after a takeover ends when the process is gone from this machine"() {
        given:
        store.acquire(owner(4711), AcquireCondition.ifFree())
        def alive = true
        displace(alive: true)
        whileWaiting = { alive = waits.size() < 5 }

        when:
        def lease = new Ownership(store, conditions(time, listener: listening, owner: owner(9)), { alive } as Processes).take(true)

        then:
        lease.epoch() == 3
        Duration.between(Plans.START, clock.now()) < Duration.ofSeconds(7)
    }

    def "a second takeover does not make the next one wait longer"() {
        given:
        store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())

        expect:
        displace()
        clock.pass(Duration.ofSeconds(20))
        displace()
        clock.pass(Duration.ofSeconds(11))
        take(patient: false).epoch() == 3
    }

    def "who can act no more is followed at once: #why"() {
        given:
        store.acquire(owner(4711, place), AcquireCondition.ifFree())
        clock.pass(Duration.ofSeconds(silent))

        expect:
        !displace(alive: false)
        store.read().holder().empty
        take(patient: false).epoch() == 3

        where:
        place   | silent || why
        'here'  | 1      || 'its process is gone'
        'there' | 31     || 'its lease has expired'
    }

    def "one who was silent too long and comes back in that instant is not freed"() {
        given:
        def former = store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())
        clock.pass(Duration.ofSeconds(31))
        def seen = store.read()
        store.renew(former)

        when:
        new Revocation(store, owner(9), { true } as Processes).of(seen.holder().get(), seen.epoch())

        then:
        thrown(LeaseLostException)
        store.read().holder().get().works()
    }

    def "an expired lease is taken at once, wherever it was"() {
        given:
        store.acquire(owner(4711, 'there'), AcquireCondition.ifFree())
        clock.pass(Duration.ofSeconds(31))

        expect:
        take().epoch() == 2
        waits.empty
    }

    def "a process here that beats is an owner, though the clock has jumped beyond its lease"() {
        given:
        def lease = store.acquire(owner(4711), AcquireCondition.ifFree())
        clock.pass(Duration.ofMinutes(jump))
        whileWaiting = { if (waits.size() == 10) { store.renew(lease) } }

        when:
        take(alive: true)

        then:
        def owned = thrown(OwnedException)
        owned.message.contains('pid 4711')
        store.read().epoch() == 1
        waits.sum { it.toMillis() } <= 1500

        where:
        jump << [1, 60, 60 * 24 * 365]
    }

    def "a process here that hangs beyond its lease loses it"() {
        given:
        store.acquire(owner(4711), AcquireCondition.ifFree())
        clock.pass(Duration.ofSeconds(31))

        expect:
        take(alive: true).epoch() == 2
        waits.sum { it.toMillis() } <= 1500
    }
}
