package dev.backfill.engine

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.control.RunHistory
import dev.backfill.control.Tuning
import dev.backfill.control.ControlRequest
import dev.backfill.control.ControlStateStore
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.Action
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.position.CheckpointEdit
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.OwnedException
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import spock.lang.Specification

import java.time.Duration

import static Plans.conditions
import static Plans.owner
import static Plans.phase
import static Plans.plan
import static Plans.products

/** What a restart leaves behind, and when; and what is done once before the first phase. */
class RestartSpec extends Specification {
    static final ControlRequest ANNA = new ControlRequest('anna@laptop', Plans.START, 'the shop is slow')
    static final Tuning SLOW = new Tuning(OptionalInt.empty(), OptionalDouble.of(50), OptionalDouble.empty(), OptionalInt.empty())

    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def source = new ListSource('id', products(95), true)
    def sink = new RecordingSink('id')
    def refusing = new RecordStep.Transform({ r -> if (r.id in ['p3', 'p14']) { throw new IllegalArgumentException('not a price') }; r } as RecordFunction)
    boolean alive

    private RunResult run(Map with = [:], boolean restart) {
        def resources = new OpenResources(1, false)
        def standard = RunOptions.standard().with(Concurrency.none())
        def options = new RunOptions(standard.batch(), true, false, restart, false, standard.extent(), standard.concurrency(), false)
        try {
            new Runner(plan(beforeRun: with.before as Action, [phase(source, [refusing], (with.sink ?: sink) as SinkDefinition)]),
                    options, conditions(time, owner: owner(2)), { alive } as Processes)
                    .run(resources, (with.store ?: store) as CheckpointStore)
        } finally {
            resources.close()
        }
    }

    private static SinkDefinition unopened(Closure<?> meanwhile = { }) {
        [open: { Resources unused -> meanwhile(); throw new FatalFailure('check user and password') }, title: { -> 'a sink' }] as SinkDefinition
    }

    def "a refused restart changes nothing of the run that has the checkpoint"() {
        given: 'a run that is tuned to protect production, and to which a cancel is under way'
        run(false)
        store.acquire(owner(1), AcquireCondition.ifFree())
        new ControlStateStore(store).change { it.tuned(SLOW, ANNA).cancelled(ANNA) }
        def before = [store.read(), new ControlStateStore(store).read(), store.deadLetters(10), store.formerDeadLetters(0, 10)]
        alive = true

        when:
        run(true)

        then:
        thrown(OwnedException)
        [store.read(), new ControlStateStore(store).read(), store.deadLetters(10), store.formerDeadLetters(0, 10)] == before
    }

    def "a restart that cannot open what it needs leaves position, dead letters and tuning as they were"() {
        given:
        run(false)
        new ControlStateStore(store).change { it.tuned(SLOW, ANNA).cancelled(ANNA) }
        def before = [store.read().checkpoint(), new ControlStateStore(store).read(), store.deadLetters(10)]

        when:
        run(true, sink: unopened())

        then:
        thrown(FatalFailure)
        [store.read().checkpoint(), new ControlStateStore(store).read(), store.deadLetters(10)] == before
        store.deadLetters(10)*.key() == ['p3', 'p14']
        store.read().holder().empty
        new RunHistory(store).read().last().with { it.outcome() == 'failed: check user and password' && it.deadLetters() == 0 }

        and: 'the former run can be resumed'
        !run(false).worked()
    }

    def "a restart begins again from the first record; the former dead letters stay readable, its cancel and tuning are gone"() {
        given:
        def first = run(false).state()
        new ControlStateStore(store).change { it.tuned(SLOW, ANNA).cancelled(ANNA) }
        time.pass(Duration.ofSeconds(1))

        when:
        def second = run(true)

        then:
        second.worked()
        second.state().id() != first.id()
        second.deadLetters() == 2
        sink.writes().values().every { it == 2 }
        store.deadLetters(10)*.run() == [second.state().id()] * 2
        store.formerDeadLetters(0, 10)*.run() == [first.id()] * 2
        store.formerDeadLetters(0, 10)*.key() == ['p3', 'p14']
        with(new ControlStateStore(store).read()) {
            cancel().empty
            tuning() == Tuning.none()
        }
    }

    def "a pause holds for a restart, too, and nothing is changed"() {
        given:
        run(false)
        new ControlStateStore(store).change { it.tuned(SLOW, ANNA).paused(ANNA) }
        def before = [store.read(), new ControlStateStore(store).read(), store.deadLetters(10)]

        when:
        run(true)

        then:
        thrown(PausedException)
        [store.read(), new ControlStateStore(store).read(), store.deadLetters(10)] == before
    }

    def "a restart forgets what was wished of the former run, and keeps what somebody wishes while it opens its connections"() {
        given:
        def bob = new ControlRequest('bob@laptop', Plans.START.plusSeconds(60), '')
        def notes = new ControlStateStore(store)
        run(false)
        notes.change { it.cancelled(ANNA).tuned(SLOW, ANNA) }
        def fast = new Tuning(OptionalInt.of(7), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty())
        def seen = []
        def write = { List<Row> rows -> seen << notes.read(); sink.write(rows) }
        def during = [open: { Resources unused -> notes.change { it.tuned(fast, bob) }; write as Sink }, title: { -> 'a sink' }] as SinkDefinition

        when:
        run(true, sink: during)

        then:
        seen.every { it.cancel().empty && it.tuned() == Optional.of(bob) }
        seen[0].tuning().batchSize() == OptionalInt.of(7)
        sink.held().size() == 93
    }

    def "what is done before the first phase is done once, wherever the process dies"() {
        given:
        def done = 0
        def crashing = new Crashing(at)
        def before = { crashing.step { done++ } } as Action

        when: 'it dies, and is started again until a person must decide or it is done'
        def end = ''
        def result = null
        try {
            run(false, before: before, store: crashing.store(store))
        } catch (Crashing.Crash e) {
            end = 'crash'
        }
        store.read().holder().ifPresent { time.pass(CheckpointStore.LEASE.plusSeconds(1)) }
        try {
            result = run(false, before: { done++ } as Action)
        } catch (FatalFailure e) {
            end = e.message
        }

        then:
        done <= 1
        result == null ? end.contains('was begun by an attempt that ended in the middle of it') : done == 1

        where:
        at << (1..16)
    }

    def "who finds it half done decides: set by hand it counts as done, restarted it is done again"() {
        given:
        def done = 0
        def crashing = new Crashing(-1)
        try {
            run(false, before: { done++; crashing.dead = true; throw new Crashing.Crash() } as Action, store: crashing.store(store))
        } catch (Crashing.Crash e) {
            assert e
        }
        time.pass(CheckpointStore.LEASE.plusSeconds(1))

        when:
        run(false, before: { done++ } as Action)

        then:
        def doubt = thrown(FatalFailure)
        doubt.message.endsWith('If it took effect, resume with: checkpoint set --phase copy; if not, start again with --restart')
        store.read().checkpoint().get().run().status() == RunStatus.FAILED
        done == 1

        when:
        if (restart) {
            run(true, before: { done++ } as Action)
        } else {
            def lease = CheckpointEdit.take(store, conditions(time, owner: owner(3)), { false } as Processes)
            new CheckpointEdit(plan([phase(source, [], sink)]), store).set(lease, 'copy', '')
            store.release(lease)
            run(false, before: { done++ } as Action)
        }

        then:
        store.read().checkpoint().get().run().status() == RunStatus.DONE
        done == (restart ? 2 : 1)

        where:
        restart << [true, false]
    }

    def "what failed before the first phase is done again by the next attempt"() {
        given:
        def tries = 0

        when:
        run(false, before: { tries++; throw new IllegalStateException('no such table') } as Action)

        then:
        thrown(IllegalStateException)

        when:
        run(false, before: { tries++ } as Action)

        then:
        tries == 2
        store.read().checkpoint().get().run().status() == RunStatus.DONE
    }
}
