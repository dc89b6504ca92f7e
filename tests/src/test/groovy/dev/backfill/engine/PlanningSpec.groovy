package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkTraits
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.SinkDefinition
import dev.backfill.position.CheckpointEdit
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import spock.lang.Specification

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

class PlanningSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def source = new ListSource('id', products(95), true)
    def sink = new RecordingSink('id')

    RunResult run(SinkDefinition to, int parallel) {
        def resources = new OpenResources(9, false)
        new Runner(plan([phase(source, [], to)]), RunOptions.standard().with(new Concurrency(parallel, 1)), conditions(time), { false } as Processes)
                .run(resources, store)
    }

    SinkDefinition failingAt(String id) {
        def failing = { List<Row> rows -> if (rows.any { it.id == id }) { throw new FatalFailure('disk full') }; sink.write(rows) } as Sink
        [open: { Resources resources -> failing }, title: { -> 'a sink' }] as SinkDefinition
    }

    def "twice as many splits are planned as are worked on at once"() {
        expect:
        run(sink, parallel).state().phases()[0].splits().size() == splits

        where:
        parallel || splits
        1        || 1
        2        || 4
        4        || 8
    }

    def "a later start with more at once divides what is left, and what was done stays done"() {
        given: 'one split, left after 40 records'
        try {
            run(failingAt('p41'), 1)
        } catch (FatalFailure expected) {
            assert expected.message == 'disk full'
        }

        when:
        def result = run(sink, 2)
        def splits = result.state().phases()[0].splits()

        then:
        splits*.split()*.ordinal() == (0..<splits.size()).toList()
        splits.size() == 5
        splits[0].split().upTo().get() == Cursor.after('40')
        splits.every { it.status() == WorkStatus.DONE }
        splits*.rows().sum() == 95
        result.state().phases()[0].read() == 95
        sink.writes().values().every { it == 1 }
        store.read().checkpoint().get().fields().last_id == '95'
    }

    def "a later start with fewer at once leaves the splits as they are"() {
        given:
        try {
            run(failingAt('p70'), 4)
        } catch (FatalFailure expected) {
            assert expected.message == 'disk full'
        }
        def before = store.read().checkpoint().get().run().phases()[0].splits()*.split()

        when:
        def result = run(sink, 1)

        then:
        result.state().phases()[0].splits()*.split() == before
        result.state().phases()[0].read() == 95
    }

    def "a sink that wants its batches in order keeps its phase in one split"() {
        given:
        def ordered = new Object() {
            WriteResult write(List<Row> rows) { sink.write(rows) }
        }
        def sequential = [write: ordered.&write, close: { -> }, traits: { -> SinkTraits.of({ ordered.write(it) } as Sink).inSeries() }] as Sink
        def definition = [open: { Resources resources -> sequential }, title: { -> 'in order' }] as SinkDefinition

        expect:
        run(definition, 4).state().phases()[0].splits().size() == 1
        sink.writes().keySet().size() == 95
    }

    def "a position set by hand makes one split of what is left"() {
        given:
        try {
            run(failingAt('p70'), 4)
        } catch (FatalFailure expected) {
            assert expected.message == 'disk full'
        }
        def lease = CheckpointEdit.take(store, conditions(time), { false } as Processes)

        when:
        new CheckpointEdit(plan([phase(source, [], sink)]), store).set(lease, 'copy', '50')
        store.release(lease)
        def result = run(sink, 1)

        then:
        result.state().phases()[0].splits().size() == 1
        result.state().phases()[0].read() == 45
        result.state().phases()[0].adds()
    }
}
