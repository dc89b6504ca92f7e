package dev.backfill.engine

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.SinkDefinition
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import spock.lang.Specification

class InDoubtSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def lost = false

    def run(SinkDefinition sink, CheckpointStore to = store) {
        new OpenResources(4, false).withCloseable {
            new Runner(plan([phase(new ListSource('id', products(35), true), [], sink)]), RunOptions.standard(), conditions(time),
                    { false } as Processes).run(it, to)
        }
    }

    static SinkDefinition definition(Sink sink) {
        [open: { Resources resources -> sink }, title: { -> 'a sink' }] as SinkDefinition
    }

    /** The first answer for records among which this one is gets lost, after they were written. */
    private WriteResult losing(List<Row> rows, WriteResult outcome) {
        if (!lost && rows*.id.contains('p11')) {
            lost = true
            throw new UnknownOutcome('the connection was lost in the commit')
        }
        outcome
    }

    def "a write whose answer is lost is done again, and the run goes on"() {
        given:
        def target = new RecordingSink('id')

        when:
        def result = run(definition({ List<Row> rows -> losing(rows, target.write(rows)) } as Sink))

        then:
        lost
        result.state().status() == RunStatus.DONE
        target.held().size() == 35
        target.writes().findAll { it.value > 1 }.size() == 10

        and: 'what the first try had written is found unchanged'
        result.state().phases()[0].sinks()[0].written() == 25
        result.state().phases()[0].sinks()[0].unchanged() == 10
    }

    def "a target that grows gets nothing twice: the run ends, and the next one cuts it back first"() {
        given:
        def lines = []
        def sink = [
            truncateTo: { String position -> lines = lines.take((position ?: '0') as int) },
            write: { List<Row> rows ->
                lines.addAll(rows*.id)
                losing(rows, WriteResult.of(rows, WriteStatus.WRITTEN).at(lines.size() as String))
            },
            publish: { Row totals -> }, close: { -> },
        ] as AppendOnlySink

        when:
        run(definition(sink))

        then:
        thrown(UnknownOutcome)

        when:
        run(definition(sink))

        then:
        lines == products(35)*.id
    }

    def "a run that dies between the end of its last phase and its own is ended by the next start"() {
        given:
        def target = new RecordingSink('id')
        def crashing = new Crashing(0)
        run(target, crashing.store(store))
        def last = crashing.steps - 2 // the last save's end; after it the checkpoint is given free
        store = new MemoryStore(time)

        when:
        run(target, new Crashing(last - 1).store(store))

        then:
        thrown(Crashing.Crash)
        store.read().checkpoint().get().run().status() == RunStatus.RUNNING

        when:
        def result = run(target)

        then:
        result.state().status() == RunStatus.DONE
        store.read().checkpoint().get().run().status() == RunStatus.DONE
        store.read().holder().empty
    }
}
