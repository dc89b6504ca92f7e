package dev.backfill.position

import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunState
import dev.backfill.checkpoint.RunStatus
import dev.backfill.control.RunHistory
import dev.backfill.control.RunRecord
import dev.backfill.fake.FakeTime
import spock.lang.Specification

import java.time.Instant

import static dev.backfill.checkpoint.Checkpoints.letter
import static dev.backfill.checkpoint.Checkpoints.owner

class LeftoversSpec extends Specification {
    private static final Instant OLD = Instant.parse('2026-01-01T00:00:00Z')
    private static final Instant NEW = Instant.parse('2026-11-01T00:00:00Z')
    private static final Instant BETWEEN = Instant.parse('2026-06-01T00:00:00Z')

    def store = new MemoryStore(new FakeTime(NEW))
    def lease = store.acquire(owner(1), AcquireCondition.ifFree())

    private void run(String id, RunStatus status) {
        lease = store.save(lease, new Checkpoint(new RunState(id, 'products', OLD, status, []), [:]))
    }

    def "what is older goes, in however many pages, and what is newer stays"() {
        given:
        run('done', RunStatus.DONE)
        store.addDeadLetters(lease, (1..2500).collect { letter(run: 'done', key: "k$it" as String, at: it % 2 ? OLD : NEW) })
        new RunHistory(store).put(RunRecord.begun('done', 'a', OLD).ended(OLD, 'done', 1, 1, 0))
        new RunHistory(store).put(RunRecord.begun('done', 'b', OLD).ended(NEW, 'done', 1, 1, 0))
        def leftovers = new Leftovers(store, BETWEEN)

        when:
        def size = leftovers.size()
        leftovers.remove(lease)

        then:
        size.starts() == 1
        size.letters() == 1250
        size.bytes() > 1250
        store.countDeadLetters() == 1250
        store.deadLetters(5000).every { it.at() == NEW }
        new RunHistory(store).read()*.by() == ['b']
        new Leftovers(store, BETWEEN).size().nothing
    }

    def "what belongs to a run that is not done stays, however old"() {
        given:
        run('half', RunStatus.STOPPED)
        store.addDeadLetters(lease, [letter(run: 'half', at: OLD), letter(run: 'earlier', at: OLD)])
        new RunHistory(store).put(RunRecord.begun('half', 'a', OLD))
        def leftovers = new Leftovers(store, BETWEEN)

        expect:
        leftovers.size().letters() == 1
        leftovers.size().starts() == 0

        when:
        leftovers.remove(lease)

        then:
        store.deadLetters(10)*.run() == ['half']
    }
}
