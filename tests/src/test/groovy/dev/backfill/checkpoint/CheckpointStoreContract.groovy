package dev.backfill.checkpoint

import static Checkpoints.ODD_TEXTS
import static Checkpoints.at
import static Checkpoints.letter
import static Checkpoints.odd
import static Checkpoints.owner
import static Checkpoints.wide

import dev.backfill.connector.Rejection
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors

import spock.lang.AutoCleanup
import spock.lang.IgnoreIf
import spock.lang.Specification

/** What every checkpoint store promises; a store's own spec extends it and says where its storage is. */
abstract class CheckpointStoreContract extends Specification {
    static final String DOCUMENT = 'backfill_inventory_fields'

    protected final List<CheckpointStore> handles = []

    @AutoCleanup('shutdownNow')
    def threads = Executors.newFixedThreadPool(8)

    def cleanup() {
        handles*.close()
    }

    /** Opens one more handle on this feature's storage, as another process would; the storage is empty at first. */
    abstract CheckpointStore openHandle(String document)

    /** Makes the last beat older by this, as if so much time had passed. */
    abstract void age(String document, Duration time)

    /** Leaves at the document's place what another program might leave; gives words that a refusal must name. */
    abstract List<String> leaveForeign(String document)

    /** The documented fields as another program finds them under their own names. */
    abstract Map<String, Object> visibleFields(String document)

    /** False where an owner that lives is known by other means than its beats, so that a lease never expires. */
    boolean getExpires() {
        true
    }

    /** False where no other program can reach the storage. */
    boolean getShared() {
        true
    }

    CheckpointStore open(String document = DOCUMENT) {
        def handle = openHandle(document)
        handles << handle
        handle
    }

    def "a store that holds nothing says so, also after it was asked"() {
        given:
        def store = open()

        expect:
        store.read() == CheckpointSnapshot.nothing()
        store.read() == CheckpointSnapshot.nothing()
        store.countDeadLetters() == 0
        store.deadLetters(10) == []
    }

    def "taking a checkpoint shows the owner before anything is saved"() {
        given:
        def store = open()

        when:
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def stored = open().read()

        then:
        lease.owner() == owner(1)
        lease.epoch() == 1
        stored.checkpoint() == Optional.empty()
        stored.epoch() == 1
        stored.version() == lease.version()
        stored.holder().get().owner() == owner(1)
        !stored.holder().get().expired()
    }

    def "every owner gets a higher epoch, and the checkpoint stays"() {
        given:
        def store = open()

        when:
        def epochs = (1..4).collect {
            def lease = store.acquire(owner(it), AcquireCondition.ifFree())
            store.release(store.save(lease, at(it)))
            lease.epoch()
        }

        then:
        epochs == [1L, 2L, 3L, 4L]
        store.read().epoch() == 4
        store.read().checkpoint().get() == at(4)
    }

    def "every field comes back as it was saved, whatever its text"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        store.save(lease, odd())

        then:
        open().read().checkpoint().get().run() == odd().run()
    }

    def "an owner's odd texts come back"() {
        given:
        def strange = new Owner('höst "1".$x', ODD_TEXTS.join('|'), 1, Instant.EPOCH, "o'ps\\", Instant.parse('2026-01-01T00:00:00.5Z'))

        when:
        open().acquire(strange, AcquireCondition.ifFree())

        then:
        open().read().holder().get().owner() == strange
    }

    def "a thousand splits are saved and come back, again and again"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        lease = store.save(lease, wide(1000))
        lease = store.save(lease, wide(1000, 1))
        lease = store.save(lease, wide(1000, 700))

        then:
        open().read().checkpoint().get().run() == wide(1000, 700).run()

        when: 'a run is planned anew with fewer'
        store.save(lease, wide(3, 1))

        then:
        open().read().checkpoint().get().run() == wide(3, 1).run()
    }

    def "the documented fields are seen under their own names, and change with each save"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def first = [phase: 1L, last_id: '', last_page: 1L, batch_no: 0L, total_processed: 0L]
        def second = [phase: 2L, last_id: ODD_TEXTS.join(' '), last_page: 17L, batch_no: 3_000_000_000L, total_processed: 9L]

        when:
        lease = store.save(lease, at(1, first))

        then:
        visibleFields(DOCUMENT) == first
        open().read().checkpoint().get().fields() == first

        when:
        store.save(lease, at(2, second))

        then:
        visibleFields(DOCUMENT) == second
        open().read().checkpoint().get().fields() == second
    }

    def "a save gives the lease with the next version, and everyone reads that version"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        expect:
        store.save(lease, at(1)) == lease.saved()
        store.save(lease.saved(), at(2)) == lease.saved().saved()
        open().read().version() == lease.version() + 2

        when: 'the next owner comes'
        store.release(lease)
        def next = open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        next.version() == lease.version() + 2
        open().read().version() == next.version()
    }

    def "a save on an older version is refused and changes nothing"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def current = store.save(lease, at(1))

        when:
        open().save(lease, at(2))

        then:
        thrown(LeaseLostException)
        store.read().checkpoint().get() == at(1)

        when: 'the save on the current version goes on as if nothing had been'
        store.save(current, at(3))

        then:
        store.read().checkpoint().get() == at(3)
    }

    def "after a takeover the owner before can neither save nor beat nor clear nor bury, and is told who came"() {
        given:
        def zombie = open()
        def old = zombie.save(zombie.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def store = open()
        def lease = store.acquire(owner(2), AcquireCondition.from(old.epoch()))

        when:
        step(zombie, old)

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains(owner(2).toString())
        store.read().checkpoint().get() == at(1)
        store.read().holder().get().owner() == owner(2)
        store.countDeadLetters() == 0

        and:
        store.save(lease, at(2)) == lease.saved()

        where:
        step << [
            { CheckpointStore it, Lease with -> it.save(with, at(9)) },
            { CheckpointStore it, Lease with -> it.renew(with) },
            { CheckpointStore it, Lease with -> it.clear(with) },
            { CheckpointStore it, Lease with -> it.addDeadLetters(with, [letter()]) },
        ]
    }

    @IgnoreIf({ !instance.expires })
    def "one from whom a person took it stays the holder without a right, until its lease has expired"() {
        given:
        def old = open().acquire(owner(1), AcquireCondition.ifFree())

        when:
        open().acquire(owner(1).withoutRight(), AcquireCondition.from(old.epoch()))

        then:
        open().read().holder().get().owner() == owner(1).withoutRight()
        !open().read().holder().get().works()

        when:
        open().release(old)
        open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains(owner(1).toString())

        when:
        age(DOCUMENT, CheckpointStore.LEASE + Duration.ofSeconds(1))
        open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        open().read().holder().get().owner() == owner(2)
    }

    def "a zombie whose version happens to be the current one is refused by its epoch"() {
        given:
        def zombie = open()
        def old = zombie.save(zombie.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def lease = open().acquire(owner(2), AcquireCondition.from(old.epoch()))

        when:
        zombie.save(new Lease(owner(1), old.epoch(), lease.version()), at(9))

        then:
        thrown(LeaseLostException)
        open().read().checkpoint().get() == at(1)
    }

    def "of many who want a free checkpoint exactly one gets it"() {
        given:
        def stores = (1..8).collect { open() }
        def mine = open()

        when:
        def rounds = (1..5).collect { round ->
            def won = race(stores) { CheckpointStore store, int i -> store.acquire(owner(i), AcquireCondition.ifFree()) }
            won.each { mine.release(it) }
            won
        }

        then:
        rounds.every { it.size() == 1 }
        rounds.collect { it.first().epoch() } == [1L, 2L, 3L, 4L, 5L]
    }

    def "of many who claim the same epoch exactly one gets it"() {
        given:
        def stores = (1..8).collect { open() }
        def epoch = stores[0].acquire(owner(0), AcquireCondition.ifFree()).epoch()

        when:
        def won = race(stores) { CheckpointStore store, int i -> store.acquire(owner(i), AcquireCondition.from(epoch)) }

        then:
        won.size() == 1
        won.first().epoch() == epoch + 1
        open().read().holder().get().owner() == won.first().owner()
    }

    def "of many who save on the same version exactly one does"() {
        given:
        def lease = open().acquire(owner(0), AcquireCondition.ifFree())
        def stores = (1..8).collect { open() }

        when:
        def won = race(stores) { CheckpointStore store, int i -> store.save(lease, at(i)); i }

        then:
        won.size() == 1
        open().read().checkpoint().get() == at(won.first())
    }

    def "a held checkpoint is refused, and the refusal names its owner"() {
        given:
        def lease = open().acquire(owner(1), AcquireCondition.ifFree())
        def before = open().read()

        when:
        open().acquire(owner(2), claim)

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains(owner(1).toString())
        open().read() == before
        open().save(lease, at(1)) == lease.saved()

        where:
        claim << [AcquireCondition.ifFree(), AcquireCondition.from(0), AcquireCondition.from(2)]
    }

    def "a claim takes the epoch that it names and no later one"() {
        given:
        def store = open()
        def first = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        def second = store.acquire(owner(2), AcquireCondition.from(first.epoch()))

        then:
        second.epoch() == first.epoch() + 1

        when:
        store.acquire(owner(3), AcquireCondition.from(first.epoch()))

        then:
        thrown(LeaseLostException)
        store.read().holder().get().owner() == owner(2)
    }

    @IgnoreIf({ !instance.expires })
    def "a lease lasts thirty seconds after its last beat, and not longer"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        age(DOCUMENT, CheckpointStore.LEASE - Duration.ofSeconds(10))

        then:
        !store.read().holder().get().expired()

        when:
        open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        thrown(LeaseLostException)

        when:
        age(DOCUMENT, Duration.ofSeconds(11))

        then:
        store.read().holder().get().expired()
        store.read().holder().get().owner() == owner(1)

        when:
        def next = open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        next.epoch() == lease.epoch() + 1
        !store.read().holder().get().expired()
    }

    @IgnoreIf({ !instance.expires })
    def "a beat makes a lease young again, even one that had run out"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        age(DOCUMENT, CheckpointStore.LEASE + Duration.ofSeconds(1))

        when:
        store.renew(lease)

        then:
        !store.read().holder().get().expired()
    }

    @IgnoreIf({ !instance.expires })
    def "a save counts as a beat"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        age(DOCUMENT, CheckpointStore.LEASE + Duration.ofSeconds(1))

        when:
        store.save(lease, at(1))

        then:
        !store.read().holder().get().expired()
    }

    def "each beat is seen by others"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        def seen = (1..3).collect {
            store.renew(lease)
            open().read().holder().get().beats()
        }

        then:
        seen.toSet().size() == 3
    }

    def "the heart may beat with the lease of an earlier save, on a thread of its own, and disturbs no save"() {
        given:
        def store = open()
        def first = store.acquire(owner(1), AcquireCondition.ifFree())
        def beats = open().read().holder().get().beats()

        when:
        def heart = threads.submit({ (1..50).each { store.renew(first) } } as Runnable)
        def lease = (1..20).inject(first) { Lease last, int rows -> store.save(last, at(rows)) }
        heart.get()

        then:
        lease.version() == first.version() + 20
        store.read().checkpoint().get() == at(20)
        store.read().holder().get().beats() >= beats + 50
    }

    def "release frees the checkpoint and leaves it readable"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))

        when:
        store.release(lease)

        then:
        open().read().holder() == Optional.empty()
        open().read().epoch() == lease.epoch()
        open().read().checkpoint().get() == at(1)

        when:
        open().acquire(owner(2), AcquireCondition.ifFree())

        then:
        noExceptionThrown()
    }

    def "release works with the lease of an earlier save, and twice"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        store.save(lease, at(1))

        when:
        store.release(lease)
        store.release(lease)

        then:
        open().read().holder() == Optional.empty()
    }

    def "release frees nobody else's checkpoint"() {
        given:
        def zombie = open()
        def old = zombie.acquire(owner(1), AcquireCondition.ifFree())
        open().acquire(owner(2), AcquireCondition.from(old.epoch()))

        when:
        zombie.release(old)

        then:
        open().read().holder().get().owner() == owner(2)
    }

    def "who has released can no longer save or beat"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        store.release(lease)

        when:
        step(store, lease)

        then:
        thrown(LeaseLostException)
        store.read().holder() == Optional.empty()
        store.read().checkpoint().get() == at(1)

        where:
        step << [
            { CheckpointStore it, Lease with -> it.save(with, at(9)) },
            { CheckpointStore it, Lease with -> it.renew(with) },
        ]
    }

    def "clear forgets position and fields and sets dead letters aside, but forgets neither owner nor epoch"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        store.release(lease)
        lease = store.save(store.acquire(owner(2), AcquireCondition.ifFree()), at(1))
        store.addDeadLetters(lease, [letter()])

        when:
        store.clear(lease)

        then:
        with(open()) {
            read().checkpoint() == Optional.empty()
            read().epoch() == 2
            read().holder().get().owner() == owner(2)
            countDeadLetters() == 0
            deadLetters(1) == []
            letterCounts() == []
            formerDeadLetters(0, 10) == [letter()]
        }
        visibleFields(DOCUMENT) == [:]

        and: 'the lease goes on'
        store.save(lease, at(5)) == lease.saved()
        open().read().checkpoint().get() == at(5)
    }

    def "the dead letters of all former runs stay readable, oldest first, beside those of the run, until they are removed"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def runs = ['run-1', 'run-2', 'run-3'].withIndex().collect { run, i ->
            (1..3).collect { letter(run: run, key: "key $it" as String, at: Instant.parse("2026-11-2${i}T01:00:0${it}Z")) }
        }

        when: 'each run but the last is followed by another, and clearing twice is clearing once'
        store.addDeadLetters(lease, runs[0])
        store.clear(lease)
        store.clear(lease)
        store.addDeadLetters(lease, runs[1])
        lease = store.save(lease, at(2))
        store.clear(lease)
        store.addDeadLetters(lease, runs[2])

        then:
        with(open()) {
            deadLetters(10) == runs[2]
            countDeadLetters() == 3
            letterCounts()*.letters() == [3L]
            formerDeadLetters(0, 10) == runs[0] + runs[1]
            formerDeadLetters(2, 2) == [runs[0][2], runs[1][0]]
            formerDeadLetters(6, 2) == []
        }

        when:
        store.removeDeadLetters(lease, [runs[0][1], runs[2][0]])

        then:
        open().formerDeadLetters(0, 10) == [runs[0][0], runs[0][2]] + runs[1]
        open().deadLetters(10) == runs[2].tail()

        when: 'a former run is brought back, as an import does'
        store.addDeadLetters(lease, runs[1])

        then:
        open().formerDeadLetters(0, 10) == [runs[0][0], runs[0][2]]
        open().deadLetters(10) as Set == (runs[1] + runs[2].tail()) as Set
        open().countDeadLetters() == 5
    }

    def "a clear on an older version is refused and changes nothing"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        store.save(lease, at(1))
        store.addDeadLetters(lease, [letter()])

        when:
        store.clear(lease)

        then:
        thrown(LeaseLostException)
        store.read().checkpoint().get() == at(1)
        store.countDeadLetters() == 1
        store.formerDeadLetters(0, 10) == []
    }

    def "dead letters keep every field, whatever its text"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def letters = ODD_TEXTS.collect { text ->
            letter(run: 'run' + text, phase: 'phase' + text, sink: 'sink' + text, key: text, error: text, payload: text)
        }

        when:
        store.addDeadLetters(lease, letters)

        then:
        open().deadLetters(100) == letters
    }

    def "a dead letter buried twice is one, with the later one's error and payload, and the time of the first"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def again = letter(kind: Rejection.Kind.RULE, error: 'later', attempts: 4, payload: '{"later":true}', at: Instant.parse('2026-11-23T02:00:00Z'))

        when:
        store.addDeadLetters(lease, [letter()])
        store.addDeadLetters(lease, [again])
        store.addDeadLetters(lease, [again])

        then:
        open().deadLetters(10) == [again.since(letter().first())]
        open().countDeadLetters() == 1
    }

    def "dead letters that are forgotten are gone, and the others stay in their order"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def letters = (1..6).collect { letter(key: "p-$it".toString(), at: Instant.parse('2026-11-23T02:00:00Z').plusSeconds(it)) }
        store.addDeadLetters(lease, letters)

        when:
        store.addDeadLetters(lease, [letter(key: 'p-1', attempts: 9, at: Instant.parse('2026-11-24T02:00:00Z'))])
        store.removeDeadLetters(lease, [letters[1], letters[4], letter(key: 'never there')])
        store.removeDeadLetters(lease, [letters[1]])

        then:
        open().deadLetters(10)*.key() == ['p-1', 'p-3', 'p-4', 'p-6']
        open().deadLetters(1, 2)*.key() == ['p-3', 'p-4']
        open().deadLetters(3, 2)*.key() == ['p-6']
        open().countDeadLetters() == 4
    }

    def "only the owner can forget dead letters"() {
        given:
        def store = open()
        def old = store.acquire(owner(1), AcquireCondition.ifFree())
        store.addDeadLetters(old, [letter()])
        store.acquire(owner(2), AcquireCondition.from(old.epoch()))

        when:
        store.removeDeadLetters(old, [letter()])

        then:
        thrown LeaseLostException
        store.countDeadLetters() == 1
    }

    def "dead letters are counted by phase, sink and kind of reason"() {
        given:
        def store = open()

        expect:
        store.letterCounts() == []

        when:
        store.addDeadLetters(store.acquire(owner(1), AcquireCondition.ifFree()), [letter(), letter(key: 'p-2'), letter(key: 'p-3', kind: Rejection.Kind.RULE), letter(sink: 'other')])

        then:
        open().letterCounts().toSet() == [
            new LetterCount('products', letter().sink(), Rejection.Kind.UNFIT_VALUE, 2),
            new LetterCount('products', letter().sink(), Rejection.Kind.RULE, 1),
            new LetterCount('products', 'other', Rejection.Kind.UNFIT_VALUE, 1),
        ].toSet()
    }

    def "another run, phase, sink or key is another dead letter"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        store.addDeadLetters(lease, [letter(), letter(run: 'run-2'), letter(phase: 'search-only'), letter(sink: 'other'), letter(key: 'p-2')])

        then:
        store.countDeadLetters() == 5
    }

    def "the same dead letter twice in one go is one"() {
        given:
        def store = open()

        when:
        store.addDeadLetters(store.acquire(owner(1), AcquireCondition.ifFree()), [letter(error: 'a'), letter(key: 'p-2'), letter(error: 'b')])

        then:
        store.countDeadLetters() == 2
        store.deadLetters(10)*.error().contains('b')
    }

    def "no dead letters are nothing to do"() {
        given:
        def store = open()

        when:
        store.addDeadLetters(store.acquire(owner(1), AcquireCondition.ifFree()), [])

        then:
        store.countDeadLetters() == 0
    }

    def "ten thousand dead letters are kept, and read oldest first"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        def start = Instant.parse('2026-11-23T01:05:00Z')
        def letters = (0..<10_000).collect { letter(key: "k-${9_999 - it}".toString(), at: start.plusMillis(it.intdiv(500))) }

        when:
        letters.collate(2_500).each { store.addDeadLetters(lease, it) }

        then:
        store.countDeadLetters() == 10_000
        store.deadLetters(7) == letters.take(7)
        open().deadLetters(20_000) == letters
    }

    def "documents of one place have nothing to do with each other"() {
        given:
        def (first, second) = [open('first'), open('second')]
        def mine = first.save(first.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        first.addDeadLetters(mine, [letter()])

        expect:
        second.read() == CheckpointSnapshot.nothing()
        second.deadLetters(10) == []

        when:
        def other = second.save(second.acquire(owner(2), AcquireCondition.ifFree()), at(2))
        second.addDeadLetters(other, [letter(error: 'second')])
        second.clear(other)

        then:
        other.epoch() == 1
        first.read().checkpoint().get() == at(1)
        first.deadLetters(10) == [letter()]
    }

    def "whatever was stored is there after the store was closed and opened again"() {
        given:
        def store = openHandle(DOCUMENT)
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        store.addDeadLetters(lease, [letter()])
        def before = store.read()
        store.close()

        when:
        def again = open()

        then:
        again.read().checkpoint() == before.checkpoint()
        again.read().epoch() == before.epoch()
        again.deadLetters(10) == [letter()]
    }

    @IgnoreIf({ !instance.shared })
    def "what another program left is refused, named, and left alone"() {
        given:
        def words = leaveForeign(DOCUMENT)
        def before = visibleFields(DOCUMENT)

        when:
        step(open())

        then:
        def refusal = thrown(ForeignCheckpointException)
        words.every { refusal.message.contains(it) }
        visibleFields(DOCUMENT) == before

        where:
        step << [
            { CheckpointStore it -> it.read() },
            { CheckpointStore it -> it.acquire(owner(1), AcquireCondition.ifFree()) },
            { CheckpointStore it -> it.acquire(owner(1), AcquireCondition.from(0)) },
        ]
    }

    def "a note is kept beside the checkpoint, for whoever asks, with or without an owner"() {
        given:
        def store = open()

        expect:
        store.note('control').empty
        store.write('control', 0, ODD_TEXTS.join('|').replace('\0', ''))
        open().note('control').get() == new Note(1, ODD_TEXTS.join('|').replace('\0', ''))
        open().note('other').empty
        open('another').note('control').empty

        when:
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())
        lease = store.save(lease, at(1))

        then:
        open().write('control', 1, '{}')
        store.note('control').get() == new Note(2, '{}')
        store.save(lease, at(2)).version() == lease.version() + 1
    }

    def "a note is replaced only by who has seen the last one"() {
        given:
        def store = open()
        store.write('control', 0, 'first')

        expect:
        !open().write('control', 0, 'again')
        !open().write('control', 2, 'too far')
        open().write('control', 1, 'second')
        !open().write('control', 1, 'late')
        store.note('control').get() == new Note(2, 'second')
    }

    def "of several who write the same note at once, one does"() {
        given:
        def stores = (1..6).collect { open() }

        when:
        def first = race(stores) { store, i -> store.write('control', 0, "of $i" as String) ? i : 0 }
        def second = race(stores) { store, i -> store.write('control', 1, "then of $i" as String) ? i : 0 }

        then:
        first.count { it > 0 } == 1
        second.count { it > 0 } == 1
        open().note('control').get() == new Note(2, "then of ${second.find { it > 0 }}" as String)
    }

    /** What those got who were not refused, when all start at once. */
    protected <T> List<T> race(List<CheckpointStore> stores, Closure<T> step) {
        def calls = stores.withIndex().collect { store, i ->
            def call = {
                try {
                    Optional.of(step(store, i + 1))
                } catch (LeaseLostException ignored) {
                    Optional.empty()
                }
            }
            call as Callable<Optional<T>>
        }
        threads.invokeAll(calls)*.get().findAll { it.present }*.get()
    }
}
