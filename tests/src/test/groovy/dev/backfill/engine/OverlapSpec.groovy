package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.KeyedSink
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.run.Concurrency
import dev.backfill.run.Extent
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import dev.backfill.time.StoppedException
import spock.lang.Specification
import spock.lang.Timeout

import java.time.Duration
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

@Timeout(60)
class OverlapSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def listening = new Listening()
    def stop = new StopSignal()
    def source = new ListSource('id', products(95), true)
    def sink = new RecordingSink('id')

    RunResult run(List phases, Concurrency concurrency = Concurrency.standard(), Map with = [:], Extent extent = Extent.all()) {
        def resources = new OpenResources(concurrency.connections(), false)
        try {
            def options = RunOptions.standard().with(concurrency).with(extent)
            new Runner(plan(with, phases), options, conditions(time, stop: stop, listener: listening), { false } as Processes)
                    .run(resources, store)
        } finally {
            resources.close()
        }
    }

    static SinkDefinition definition(Sink sink) {
        [open: { Resources resources -> sink }, title: { -> 'a sink' }] as SinkDefinition
    }

    /** A sink that tells batches apart by the records' ids. */
    static Sink keyed(Closure<WriteResult> write) {
        [write: { List rows, deadline = null -> write(rows) }, target: { Row row -> row.id }, close: { -> }] as KeyedSink
    }

    /** A list in ranges of so many records. */
    static SourceDefinition ranges(List<Map<String, Object>> records, int each) {
        def list = new ListSource('id', records, true)
        def at = { int place -> place == 0 ? Cursor.start() : Cursor.after(String.valueOf(place)) }
        def ranged = [
            splits: { int wanted ->
                (0..<records.size()).step(each).withIndex().collect { from, i ->
                    int to = Math.min(records.size(), from + each)
                    new Split(i, at(from), Optional.of(Cursor.after(String.valueOf(to))), OptionalLong.of(to - from))
                }
            },
            read: { Split split, Cursor after, int limit ->
                int end = split.upTo().get().text() as int
                int from = after.atStart() ? 0 : after.text() as int
                Batch batch = list.read(split, after, Math.min(limit, end - from))
                new Batch(batch.rows(), batch.next(), batch.next().text() == String.valueOf(end))
            },
            key: { Row row -> row.id }, resumable: { -> true }, close: { -> },
        ] as Source
        [open: { Resources resources -> ranged }, title: { -> 'ranges' }, shown: { Cursor cursor -> cursor.text() }] as SourceDefinition
    }

    def "several batches are written side by side, and saved in their order"() {
        given: 'a sink that lets none of the first three batches go before all of them are there'
        def together = new CyclicBarrier(3)
        def saved = []
        listening.onSaved = { saved << it.current().read() }
        def waiting = keyed { List<Row> rows ->
            if (rows[0].id in ['p1', 'p11', 'p21']) { together.await(20, TimeUnit.SECONDS) }
            sink.write(rows)
        }

        when:
        def result = run([phase(new ListSource('id', products(90), true), [], definition(waiting))])

        then:
        saved == [10, 20, 30, 40, 50, 60, 70, 80, 90]
        result.state().status() == RunStatus.DONE
        sink.writes().values().every { it == 1 }
        result.state().phases()[0].adds()
    }

    def "a sink that cannot tell records apart gets its batches one at a time and in order, however slow the ones before are"() {
        given:
        def inside = new AtomicInteger()
        def most = new AtomicInteger()
        def firsts = new ConcurrentLinkedQueue<String>()
        def ordered = { List<Row> rows ->
            most.accumulateAndGet(inside.incrementAndGet(), Math.&max)
            firsts << (rows[0].id as String)
            WriteResult outcome = sink.write(rows)
            inside.decrementAndGet()
            outcome
        } as Sink

        when:
        run([phase(source, [], definition(keyed { List<Row> rows -> WriteResult.of(rows, WriteStatus.WRITTEN) }), definition(ordered))])

        then:
        most.get() == 1
        firsts as List == (0..9).collect { "p${it * 10 + 1}" as String }
    }

    def "two batches for the same thing are never written side by side: the later one wins"() {
        given: 'all records are for one thing, and each write looks whether another is on'
        def inside = new AtomicInteger()
        def seen = new ConcurrentLinkedQueue<Integer>()
        def prices = new ConcurrentLinkedQueue<Integer>()
        def same = [
            write: { List<Row> rows, deadline = null ->
                seen << inside.incrementAndGet()
                prices << (rows[-1].price as int)
                inside.decrementAndGet()
                WriteResult.of(rows, WriteStatus.WRITTEN)
            },
            target: { Row row -> 'one' }, close: { -> },
        ] as KeyedSink

        when:
        run([phase(source, [], definition(same))])

        then:
        seen.every { it == 1 }
        prices as List == [10, 20, 30, 40, 50, 60, 70, 80, 90, 95]
    }

    def "a failure ends the run at the last batch before it; none after it counts, and nothing is written any more"() {
        given:
        def failing = keyed { List<Row> rows ->
            if (rows[0].id == 'p41') { throw new FatalFailure('disk full') }
            sink.write(rows)
        }

        when:
        run([phase(source, [], definition(failing))])

        then:
        def failure = thrown(FatalFailure)
        failure.message == 'disk full'
        store.read().checkpoint().get().fields().total == 40
        store.read().checkpoint().get().run().status() == RunStatus.FAILED
        store.read().holder().empty

        when: 'it is mended'
        def result = run([phase(source, [], sink)])

        then:
        result.state().phases()[0].read() == 95
        sink.held().size() == 95
    }

    def "an error of the source is never taken for the end, and comes after all that was read before it"() {
        given:
        def reads = 0
        def broken = [
            splits: { int wanted -> source.splits(wanted) },
            read: { Split split, Cursor after, int limit ->
                if (++reads == 4) { throw new FatalFailure('the table is gone') }
                source.read(split, after, limit)
            },
            key: { Row row -> row.id }, resumable: { -> true }, close: { -> },
        ] as Source

        when:
        run([phase([open: { Resources r -> broken }, title: { -> 'broken' }, shown: { Cursor c -> c.text() }] as SourceDefinition, [], sink)])

        then:
        thrown(FatalFailure)
        store.read().checkpoint().get().fields().total == 30
    }

    def "a stop finishes what is under way, saves it, and begins nothing more"() {
        given:
        listening.onSaved = { if (it.current().read() == 30) { stop.give(Stop.TERMINATE) } }

        when:
        run([phase(source, [], sink)])

        then:
        thrown(StoppedException)
        def total = store.read().checkpoint().get().fields().total
        total >= 30 && total <= 70
        sink.held().size() == total
        store.read().holder().empty

        when:
        stop = new StopSignal()
        listening.onSaved = { }
        run([phase(source, [], sink)])

        then:
        sink.writes().values().every { it == 1 }
    }

    def "no more than the window is read ahead of what is saved"() {
        given:
        def hold = new CountDownLatch(1)
        def read = new AtomicInteger()
        def counting = [
            splits: { int wanted -> source.splits(wanted) },
            read: { Split split, Cursor after, int limit ->
                if (read.incrementAndGet() == 4) { hold.countDown() }
                source.read(split, after, limit)
            },
            key: { Row row -> row.id }, resumable: { -> true }, close: { -> },
        ] as Source
        def seen = []
        def slow = { List<Row> rows ->
            hold.await(20, TimeUnit.SECONDS)
            seen << read.get()
            sink.write(rows)
        } as Sink

        when:
        run([phase([open: { Resources r -> counting }, title: { -> 'counted' }, shown: { Cursor c -> c.text() }] as SourceDefinition, [], definition(slow))])

        then:
        seen[0] == 4
        seen.withIndex().every { number, i -> number <= i + 4 }
    }

    def "a pause lies between batches: none is under way meanwhile"() {
        given:
        def inside = new AtomicInteger()
        def most = new AtomicInteger()
        def watched = keyed { List<Row> rows ->
            most.accumulateAndGet(inside.incrementAndGet(), Math.&max)
            WriteResult outcome = sink.write(rows)
            inside.decrementAndGet()
            outcome
        }

        when:
        run([phase(source, [], definition(watched))], Concurrency.standard(), [throttle: [new ThrottleRule.Pause(Duration.ofSeconds(1))]])

        then:
        most.get() == 1
        time.waits() == [Duration.ofSeconds(1)] * 9
    }

    def "a pause of no length lies nowhere: batches go side by side as without it"() {
        given: 'a sink that lets none of the first three batches go before all of them are there'
        def together = new CyclicBarrier(3)
        def waiting = keyed { List<Row> rows ->
            if (rows[0].id in ['p1', 'p11', 'p21']) { together.await(20, TimeUnit.SECONDS) }
            sink.write(rows)
        }

        when:
        run([phase(source, [], definition(waiting))], Concurrency.standard(), [throttle: [new ThrottleRule.Pause(Duration.ZERO)]])

        then:
        sink.writes().size() == 95
        time.waits() == []
    }

    def "splits are worked on side by side, and every record is accounted for"() {
        given: 'a sink that lets nobody go before batches of three splits are there'
        def together = new CyclicBarrier(3)
        def first = Collections.synchronizedSet([] as Set)
        def waiting = keyed { List<Row> rows ->
            if (first.add(((rows[0].price as int) - 1).intdiv(30))) { together.await(20, TimeUnit.SECONDS) }
            sink.write(rows)
        }

        when:
        def result = run([phase(ranges(products(90), 30), [], definition(waiting))], new Concurrency(3, 2))

        then:
        with(result.state().phases()[0]) {
            splits().size() == 3
            splits().every { it.status() == WorkStatus.DONE && it.rows() == 30 }
            read() == 90
            adds()
        }
        sink.writes().size() == 90
        sink.writes().values().every { it == 1 }
    }

    def "when one split fails the others save what they have; the next run goes on in each of them"() {
        given:
        def failing = keyed { List<Row> rows ->
            if (rows[0].id == 'p41') { throw new FatalFailure('disk full') }
            sink.write(rows)
        }
        def source = ranges(products(90), 30)

        when:
        run([phase(source, [], definition(failing))], new Concurrency(3, 1))

        then:
        thrown(FatalFailure)
        def state = store.read().checkpoint().get().run().phases()[0]
        state.read() == sink.held().size()
        state.splits()[1].rows() == 10

        when:
        def result = run([phase(source, [], sink)], new Concurrency(2, 2))

        then:
        result.state().phases()[0].read() == 90
        sink.writes().values().every { it == 1 }
    }

    def "the documented position is the end of what is finished without a gap"() {
        given:
        def failing = keyed { List<Row> rows ->
            if (rows[0].id == 'p11') { throw new FatalFailure('disk full') }
            sink.write(rows)
        }

        when: 'the second and the third split are done, the first is not'
        run([phase(ranges(products(90), 30), [], definition(failing))], new Concurrency(3, 1))

        then:
        thrown(FatalFailure)
        store.read().checkpoint().get().fields().last_id == '10'
    }

    def "a limit of records holds for all splits together"() {
        given:
        def limited = new Extent(Optional.empty(), Extent.all().scope(), Optional.empty(), OptionalLong.of(45), Optional.empty())

        when:
        run([phase(ranges(products(90), 30), [], sink)], new Concurrency(3, 2), [:], limited)

        then:
        thrown(PausedException)
        store.read().checkpoint().get().fields().total == 45
        sink.held().size() == 45
    }

    def "a death in the middle of overlapping work repeats at most what was under way"() {
        given:
        def crashing = new Crashing(step)
        def target = new RecordingSink('id')

        when:
        try {
            def resources = new OpenResources(9, false)
            new Runner(plan([phase(ranges(products(90), 30), [], crashing.sink(target))]), RunOptions.standard().with(new Concurrency(2, 3)),
                    conditions(time), { false } as Processes).run(resources, crashing.store(store))
        } catch (Crashing.Crash dead) {
            assert crashing.dead
        }
        def saved = store.read().checkpoint().map { it.run().phases()[0].read() }.orElse(0L)
        def result = run([phase(ranges(products(90), 30), [], target)], new Concurrency(2, 3))

        then:
        result.state().phases()[0].read() == 90
        result.state().phases()[0].adds()
        target.held().size() == 90
        target.writes().values().every { it <= 2 }
        target.writes().values().count { it == 2 } <= 60
        saved <= 90

        where:
        step << (1..40).toList()
    }
}
