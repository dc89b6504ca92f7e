package dev.backfill.engine

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.SinkDefinition
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import spock.lang.Specification

class AppendOnlySinkSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def target = new Lines()

    /** A file of lines, as it is on the disk: what is written stays there, whatever becomes of the process. */
    static class Lines {
        List<String> lines = []
        List<String> whole = []
        List<String> resumed = []
        List<Row> totals = []
        boolean settled
    }

    static class LineSink implements AppendOnlySink {
        Lines target
        Crashing crashing

        @Override
        void truncateTo(String position) {
            assert !target.settled: 'what was gathered is gone'
            target.resumed << position
            target.lines = target.lines.take((position ?: '0') as int)
        }

        @Override
        WriteResult write(List<Row> records) {
            crashing.step { target.lines.addAll(records.collect { it.id as String }) }
            WriteResult.of(records, WriteStatus.WRITTEN).at(target.lines.size() as String)
        }

        @Override
        void publish(Row totals) {
            crashing.step {
                target.totals << totals
                target.whole = target.lines.sort(false)
            }
        }

        @Override
        void cleanUp() {
            crashing.step { target.settled = true }
        }
    }

    void run(Crashing crashing, List<RecordStep> steps = [], Concurrency concurrency = Concurrency.standard()) {
        def sink = new LineSink(target: target, crashing: crashing)
        def definition = [open: { Resources resources -> sink }, title: { -> 'lines' }] as SinkDefinition
        def resources = new OpenResources(1, false)
        new Runner(plan([phase(new ListSource('id', products(35), true), steps, definition)]), RunOptions.standard().with(concurrency),
                conditions(time), { false } as Processes).run(resources, crashing.store(store) as CheckpointStore)
        resources.close()
    }

    def "a run that dies at any step #step and goes on leaves each record once, and the whole at the end"() {
        given:
        def crashing = new Crashing(step)
        def died = false

        when:
        try {
            run(crashing)
        } catch (Crashing.Crash crash) {
            died = true
        }
        if (died) {
            run(new Crashing(0))
        }

        then:
        target.lines == products(35)*.id
        target.whole == products(35)*.id.sort()
        target.settled

        where:
        step << (1..30)
    }

    def "it goes on behind the last saved position, and begins anew where none was saved"() {
        when:
        try {
            run(new Crashing(10), [], Concurrency.none()) // two saves begin the phase; then the first batch is written and saved, the second only written
        } catch (Crashing.Crash crash) {
        }
        run(new Crashing(0))

        then:
        target.resumed == ['', '10']
    }

    def "at the end it is told what the phase has done, also of what there was none"() {
        when:
        run(new Crashing(0), [
            new RecordStep.ExcludeWhere({ Row row -> row.price == 1 } as RecordFunction),
            new RecordStep.Count('dear', { Row row -> row.price > 30 ? 1 : 0 } as RecordFunction)])

        then:
        with(target.totals.first()) {
            it.read == 35
            it.excluded == 1
            it.written == 34
            it.rejected == 0
            it.counts.dear == 5
            it.counts.missing == 0
            it.started == Plans.START
        }
    }

    def "a phase without a record is made whole as well"() {
        when:
        def sink = new LineSink(target: target, crashing: new Crashing(0))
        def definition = [open: { Resources resources -> sink }, title: { -> 'lines' }] as SinkDefinition
        new Runner(plan([phase(new ListSource('id', [], true), [], definition)]), RunOptions.standard(), conditions(time),
                { false } as Processes).run(new OpenResources(1, false), store)

        then:
        target.totals*.read == [0]
    }
}
