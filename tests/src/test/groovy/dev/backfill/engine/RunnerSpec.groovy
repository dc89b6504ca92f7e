package dev.backfill.engine

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Lookup
import dev.backfill.connector.WriteResult
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.Requirement
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.connector.MalformedRecord
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.Action
import dev.backfill.plan.Backfill
import dev.backfill.plan.LookupDefinition
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.RequirementDefinition
import dev.backfill.plan.ScriptException
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.Progress
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import dev.backfill.time.StoppedException
import groovy.transform.TupleConstructor
import spock.lang.Specification

import java.time.Duration

import static Plans.conditions
import static Plans.owner
import static Plans.phase
import static Plans.plan
import static Plans.products

class RunnerSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def listening = new Listening()
    def stop = new StopSignal()
    def concurrency = Concurrency.none()
    def source = new ListSource('id', products(95), true)
    def sink = new RecordingSink('id')

    RunResult run(Backfill plan, CheckpointStore to = store) {
        def resources = new OpenResources(1, false)
        try {
            new Runner(plan, RunOptions.standard().with(concurrency), conditions(time, stop: stop, listener: listening), { false } as Processes)
                    .run(resources, to)
        } finally {
            resources.close()
        }
    }

    static RecordStep transform(RecordFunction function) {
        new RecordStep.Transform(function)
    }

    static SinkDefinition sinkOf(Closure<WriteResult> write, String title = 'a sink') {
        [open: { Resources resources -> write as Sink }, title: { -> title }] as SinkDefinition
    }

    def "every record is written once, and the state tells so"() {
        when:
        def result = run(plan([phase(source, [], sink)]))

        then:
        result.worked()
        result.state().status() == RunStatus.DONE
        sink.held().size() == 95
        sink.writes().values().every { it == 1 }
        with(result.state().phases()[0]) {
            status() == WorkStatus.DONE
            batches() == 10
            read() == 95
            sinks()[0].written() == 95
            counts() == [written: 95L, missing: 0L]
            adds()
        }
        store.read().checkpoint().get().fields() == [phase: 1L, last_id: '95', batch_no: 10L, total: 95L, written: 95L]
        store.read().holder().empty
    }

    def "a run that is done is not done again, and nothing is changed"() {
        given:
        def plan = plan([phase(source, [], sink)])
        run(plan)
        def before = store.read()

        when:
        def again = run(plan)

        then:
        !again.worked()
        store.read() == before
        sink.writes().values().every { it == 1 }
    }

    def "a crash at any step repeats at most the batch in flight, and the end is the same"() {
        given:
        def crashing = new Crashing(step)
        def sinks = [new RecordingSink('id'), new RecordingSink('id')]

        when: 'the process dies'
        run(plan([phase(source, [], crashing.sink(sinks[0]), crashing.sink(sinks[1]))]), crashing.store(store))

        then:
        thrown(Crashing.Crash)

        when: 'another one comes'
        def saved = store.read().checkpoint().map { it.run().phases()[0].read() }.orElse(0L)
        source.reads()
        def before = source.reads().size()
        def result = run(plan([phase(source, [], sinks[0], sinks[1])]), store)

        then:
        source.reads().drop(before).every { it >= saved }
        result.state().phases()[0].read() == 95
        sinks.every { it.held().size() == 95 && it.writes().values().every { times -> times <= 2 } }
        sinks.every { it.writes().values().count { times -> times == 2 } <= 10 }
        result.state().phases()[0].adds()
        store.read().checkpoint().get().fields().total == 95

        where:
        step << (1..60).toList()
    }

    def "the crash points above reach the end of the run"() {
        given:
        def counting = new Crashing(0)

        when:
        run(plan([phase(source, [], counting.sink(sink), counting.sink(new RecordingSink('id')))]), counting.store(store))

        then:
        counting.steps >= 60
    }

    def "a later sink gets what the one before found, and nothing that is gone or refused"() {
        given:
        def first = sinkOf { List<Row> rows ->
            def outcome = WriteResult.of(rows, WriteStatus.WRITTEN)
            rows.eachWithIndex { row, i ->
                if (row.id == 'p3') { outcome.skipDownstream(i) }
                if (row.id == 'p5') { outcome.rejected(i, 'no good') }
                if (row.id == 'p7') { outcome.status(i, WriteStatus.UNCHANGED).record(i, row.with([price: 700])) }
            }
            outcome
        }

        when:
        def result = run(plan([phase(source, [], first, sink)]))

        then:
        sink.held().size() == 93
        !sink.held().containsKey('p3')
        sink.held().p7.price == 700
        with(result.state().phases()[0]) {
            sinks()[0].missing() == 1
            sinks()[0].rejected() == 1
            sinks()[1].given() == 93
            sinks()[1].skipped() == 2
            adds()
        }
        result.deadLetters() == 1
        with(store.deadLetters(5)[0]) {
            key() == 'p5'
            error() == 'no good'
            sink() == 'a sink'
            payload() == '{"id":"p5","price":5}'
        }
    }

    def "a record that a function cannot handle is a dead letter; the others are written"() {
        when:
        def result = run(plan([phase(source, [transform { r -> if (r.price % 20 == 0) { throw new IllegalArgumentException("price ${r.price}") }; r }], sink)]))

        then:
        sink.held().size() == 91
        store.deadLetters(10)*.key() == ['p20', 'p40', 'p60', 'p80']
        store.deadLetters(1)[0].error() == 'price 20'
        result.deadLetters() == 4
        result.state().phases()[0].adds()
    }

    def "what a source cannot read is a dead letter with what stands there, and counts as read"() {
        given:
        def records = 0
        listening.onSaved = { Progress progress -> records += progress.records() }

        when:
        def state = run(plan([phase(new Torn(source), [], sink)])).state().phases()[0]

        then:
        state.read() == 95 && state.rejected() == 4 && state.adds()
        sink.held().size() == 91
        store.deadLetters(10).collect { [it.sink(), it.key(), it.error(), it.payload()] } ==
                ['p20', 'p40', 'p60', 'p80'].collect { ['source', it, 'no JSON', '{"raw":"ff"}'] }
        records == 95
    }

    def "a mistake of the script ends the run before anything is written"() {
        when:
        run(plan([phase(source, [transform { throw new ScriptException(['x.groovy:3: unknown column']) }], sink)]))

        then:
        thrown(ScriptException)
        sink.held().isEmpty()
        store.read().checkpoint().get().run().status() == RunStatus.FAILED
        store.read().holder().empty
    }

    def "a phase whose records are nearly all refused is ended"() {
        given:
        def many = new ListSource('id', products(5000), true)

        when:
        run(plan([phase(many, [transform { throw new IllegalStateException('always') }], sink)], batch: 500))

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('1,500 dead letters')
    }

    def "null leaves a record out, a list makes several, and all are accounted for"() {
        when:
        def result = run(plan([phase(source, [transform { r -> r.price % 2 ? null : [[id: "${r.id}a"], [id: "${r.id}b"], [id: "${r.id}c"]] }], sink)]))

        then:
        sink.held().size() == 47 * 3
        with(result.state().phases()[0]) {
            excluded() == 48
            extra() == 94
            adds()
        }
    }

    def "exclude, lookup and count see the record as the steps before left it"() {
        given:
        def even = [find: { Collection<String> ids -> ids.findAll { (it - 'p').toInteger() % 2 == 0 }.collectEntries { [it, Row.of([name: "even $it" as String])] } }] as Lookup
        def lookup = [open: { Resources resources -> even }, title: { -> 'evens' }] as LookupDefinition

        when:
        def result = run(plan([phase(source, [
            new RecordStep.ExcludeWhere({ r -> r.price > 90 }),
            new RecordStep.Join('twin', lookup, 'id', missing),
            new RecordStep.Count('cents', { r -> r.price * 100 }),
            transform { r -> [id: r.id, name: r.twin?.name] },
        ], sink)]))

        then:
        sink.held().size() == held
        sink.held().p2.name == 'even p2'
        result.deadLetters() == letters
        result.state().phases()[0].counts().cents == cents
        result.state().phases()[0].adds()

        where:
        missing               || held | letters | cents
        Optional.empty()      || 90   | 0       | (1..90).sum() * 100
        Optional.of('no twin') || 45   | 45      | (1..90).findAll { it % 2 == 0 }.sum() * 100
    }

    def "a failure that passes is tried again; the batch is counted once"() {
        given:
        int calls = 0
        def flaky = sinkOf { List<Row> rows -> if (++calls % 3 == 1) { throw new TransientFailure('reset by peer') }; sink.write(rows) }

        when:
        def result = run(plan([phase(source, [], flaky)]))

        then:
        result.state().phases()[0].sinks()[0].given() == 95
        sink.held().size() == 95
        listening.heard.count { it == 'again: writing to a sink' } == 5
    }

    def "a save whose answer is lost is read back: never sent blindly, never counted twice"() {
        given:
        def saves = []
        def losing = new Crashing(-1).store(store)
        def loses = [
            read: { -> losing.read() }, acquire: { o, c -> losing.acquire(o, c) }, renew: { l -> losing.renew(l) },
            note: { n -> Optional.empty() }, write: { n, v, t -> true },
            release: { l -> losing.release(l) }, clear: { l -> }, addDeadLetters: { l, d -> }, deadLetters: { int n -> [] }, countDeadLetters: { -> 0L }, close: { -> },
            save: { l, c ->
                saves << l.version()
                if (saves.size() % 3 == 0) { throw new UnknownOutcome('lost before') }
                def saved = losing.save(l, c)
                if (saves.size() % 3 == 1) { throw new UnknownOutcome('lost after') }
                saved
            },
        ] as CheckpointStore

        when:
        def result = run(plan([phase(source, [], sink)]), loses)

        then:
        result.state().phases()[0].read() == 95
        sink.writes().values().every { it == 1 }
        store.read().checkpoint().get().run().phases()[0].read() == 95
    }

    def "a stop ends the run after the batch in flight, with the checkpoint saved"() {
        given:
        listening.onSaved = { Progress p -> if (p.current().read() == 30) { stop.give(Stop.TERMINATE) } }

        when:
        run(plan([phase(source, [], sink)]))

        then:
        thrown(StoppedException)
        store.read().checkpoint().get().run().status() == RunStatus.STOPPED
        store.read().checkpoint().get().fields().total == 30
        store.read().holder().empty

        when:
        stop = new StopSignal()
        run(plan([phase(source, [], sink)]))

        then:
        sink.writes().values().every { it == 1 }
        listening.heard == ['began', 'resumed']
    }

    def "the longest throttle holds after each batch but the last"() {
        when:
        run(plan([phase(source, [], sink)], throttle: [new ThrottleRule.Pause(Duration.ofSeconds(1))]))

        then:
        listening.heard.count { it == 'pause 1 s 1000' } == 9
        time.waits() == [Duration.ofSeconds(1)] * 9
    }

    def "a source that cannot be resumed is walked again, and counts its records once"() {
        given:
        def walk = new ListSource('id', products(95), false)
        listening.onSaved = { Progress p -> if (p.current().read() == 50) { stop.give(Stop.INTERRUPT) } }

        when:
        run(plan([phase(walk, [], sink)]))

        then:
        thrown(StoppedException)

        when:
        stop = new StopSignal()
        listening.onSaved = { }
        def result = run(plan([phase(walk, [], sink)]))

        then:
        result.state().phases()[0].read() == 95
        result.state().phases()[0].counts().written == 95
        listening.heard.contains('walking copy again')
        store.read().checkpoint().get().fields().total == 95
    }

    def "records are looked at again after they were written, until nothing differs"() {
        given: 'the application changes the price of p10 while it is being written, twice'
        def prices = (1..95).collectEntries { ["p$it" as String, it] }
        def wanted = [find: { Collection<String> ids -> ids.collectEntries { [it, Row.of([price: prices[it]])] } }] as Lookup
        def lookup = [open: { Resources resources -> wanted }, title: { -> 'prices' }] as LookupDefinition
        def stale = new ListSource('id', (1..95).collect { [id: "p$it" as String, price: 0] as Map<String, Object> }, true)
        int changes = 0
        def racing = sinkOf { List<Row> rows ->
            if (rows.any { it.id == 'p10' } && changes++ < 2) { prices.p10 += 1000 }
            sink.write(rows)
        }

        when:
        def result = run(plan([phase(stale, [
            new RecordStep.Join('now', lookup, 'id', Optional.empty()),
            transform { r -> r.now.price == r.price ? null : [id: r.id, price: r.now.price] },
        ], racing, repeatUntilStable: true)]))

        then:
        sink.held().p10.price == 2010
        sink.held().every { id, held -> held.price == prices[id] }
        result.state().phases()[0].sinks()[0].written() == 97
        result.state().phases()[0].adds()
    }

    def "a phase that is not wanted is left alone, and done when it is wanted later"() {
        given:
        def more = new RecordingSink('id')

        when:
        run(plan([phase(source, [], sink, name: 'first'), phase(source, [], more, name: 'second', wanted: false)]))

        then:
        more.held().isEmpty()

        when:
        def result = run(plan([phase(source, [], sink, name: 'first'), phase(source, [], more, name: 'second')]))

        then:
        result.worked()
        more.held().size() == 95
        sink.writes().values().every { it == 1 }
    }

    def "a checkpoint of other phases is refused, and left as it is"() {
        given:
        run(plan([phase(source, [], sink, name: 'first')]))
        def before = store.read()

        when:
        run(plan([phase(source, [], sink, name: 'renamed')]))

        then:
        def refusal = thrown(FatalFailure)
        refusal.message.contains('first') && refusal.message.contains('renamed') && refusal.message.contains('--restart')
        store.read() == before
    }

    def "everything is looked at before anything is added, and added before the script begins"() {
        given:
        def order = []
        def requirement = [missing: { -> order << 'look'; ['the field x'] }, provide: { -> order << 'add' }, close: { -> }] as Requirement
        def definition = [open: { Resources resources -> requirement }, title: { -> 'fields' }] as RequirementDefinition
        def watched = [open: { Resources resources -> order << 'open'; sink }, title: { -> 'a sink' }] as SinkDefinition
        def plan = plan([phase(source, [], watched)], requirements: [definition], beforeRun: { order << 'before' } as Action)

        when:
        run(plan)

        then:
        order == ['look', 'open', 'add', 'before']
        listening.heard == ['provided the field x', 'began']
    }

    def "before runs once a run, however often that is resumed"() {
        given:
        def order = []
        listening.onSaved = { Progress p -> if (p.current().read() == 30) { stop.give(Stop.INTERRUPT) } }
        def plan = plan([phase(source, [], sink)], beforeRun: { order << 'before' } as Action)

        when:
        run(plan)

        then:
        thrown(StoppedException)

        when:
        stop = new StopSignal()
        run(plan)

        then:
        order == ['before']
    }

    def "who loses the lease stops without saving"() {
        given:
        listening.onSaved = { Progress p ->
            if (p.current().read() == 30) { store.acquire(owner(2, 'there'), AcquireCondition.from(store.read().epoch())) }
        }

        when:
        run(plan([phase(source, [], sink)]))

        then:
        thrown(LeaseLostException)
        store.read().checkpoint().get().run().phases()[0].read() == 30
        store.read().holder().get().owner() == owner(2, 'there')
    }

    def "a batch for which the target has no time is written in parts, and the position moves as with any other"() {
        given:
        def parts = []
        def slow = sinkOf { List<Row> rows ->
            if (rows.size() > 4) {
                throw new OversizedFailure('statement timeout', null)
            }
            parts << rows.size()
            sink.write(rows)
        }

        when:
        def state = run(plan([phase(source, [], slow)])).state().phases()[0]

        then:
        sink.writes().size() == 95
        sink.writes().values().every { it == 1 }
        state.sinks()[0].written() == 95
        state.batches() == 10
        parts.max() == 2
        !listening.heard.any { it.startsWith('again') }
    }

    def "a stretch of the source in which there is nothing to do moves the position, and ends nothing"() {
        given:
        def hollow = new Hollow(source)

        when:
        def state = run(plan([phase(hollow, [], sink)])).state().phases()[0]

        then:
        state.status() == WorkStatus.DONE
        state.read() == 35
        sink.held().keySet()*.toString() as Set == ((1..30) + (91..95)).collect { "p$it" as String } as Set
        store.read().checkpoint().get().fields().last_id == '95'

        where:
        concurrency << [Concurrency.none(), Concurrency.standard()]
    }

    /** Finds nothing that is wanted between 30 and 90. */
    @TupleConstructor
    static class Hollow implements Source, SourceDefinition {
        @Delegate(interfaces = false, excludes = 'traits')
        ListSource whole

        Batch read(Split split, Cursor after, int limit) {
            def batch = whole.read(split, after, limit)
            def from = after.atStart() ? 0 : after.text() as int
            new Batch(from in 30..<90 ? [] : batch.rows(), batch.next(), batch.last())
        }

        Source open(Resources resources) { this }
    }

    /** Cannot read every twentieth record. */
    @TupleConstructor
    static class Torn implements Source, SourceDefinition {
        @Delegate(interfaces = false, excludes = 'traits')
        ListSource whole

        Batch read(Split split, Cursor after, int limit) {
            def batch = whole.read(split, after, limit)
            def torn = batch.rows().findAll { it.price % 20 == 0 }
            new Batch(batch.rows() - torn, torn.collect { new MalformedRecord(it.id as String, '{"raw":"ff"}', 'no JSON') }, batch.next(), batch.last())
        }

        Source open(Resources resources) { this }
    }
}
