package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Lookup
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.connector.Cursor
import dev.backfill.connector.Sink
import dev.backfill.control.RunHistory
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.LookupDefinition
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RecordStep
import dev.backfill.plan.ScriptException
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import spock.lang.Specification
import spock.lang.Timeout

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

/** Whatever ends a run that has begun is a failure of the run: it is saved as one, and the checkpoint is given free. */
@Timeout(60)
class FailedRunSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def sink = new RecordingSink('id')

    private void run(RecordStep step, SourceDefinition source, SinkDefinition target, Concurrency concurrency) {
        def resources = new OpenResources(1, false)
        try {
            new Runner(plan([phase(source, [step], target)]), RunOptions.standard().with(concurrency), conditions(time), { false } as Processes)
                    .run(resources, store)
        } finally {
            resources.close()
        }
    }

    private static RecordStep transform(Closure<?> function) {
        new RecordStep.Transform(function as RecordFunction)
    }

    /** A source whose third batch cannot be read for this reason. */
    private static SourceDefinition source(Throwable failure) {
        def list = new ListSource('id', products(95), true)
        def read = { Split split, Cursor after, int limit ->
            if (!after.atStart() && after.text() == '20') {
                throw failure
            }
            list.read(split, after, limit)
        }
        def source = [splits: { int wanted -> list.splits(1) }, read: read, key: { Row row -> list.key(row) }, resumable: { -> true }, close: { -> }] as Source
        [open: { Resources unused -> source }, title: { -> 'a list' }] as SourceDefinition
    }

    private SinkDefinition sink(Throwable failure) {
        def write = { List<Row> rows ->
            if (rows.any { it.get('id') == 'p25' }) {
                throw failure
            }
            sink.write(rows)
        }
        [open: { Resources unused -> write as Sink }, title: { -> 'a sink' }] as SinkDefinition
    }

    def "a #error.class.simpleName in a #place ends the run as failed, with the checkpoint free and its end in the history: #concurrency"() {
        given:
        def fails = { r -> if (place == 'transform' && r.id == 'p25') { throw error }; r }

        when:
        run(transform(fails), place == 'source' ? source(error) : new ListSource('id', products(95), true), place == 'sink' ? sink(error) : sink, concurrency)

        then:
        def thrown = thrown(Throwable)
        thrown.is(error)
        with(store.read()) {
            checkpoint().get().run().status() == RunStatus.FAILED
            checkpoint().get().run().phases()[0].read() == 20
            holder().empty
        }
        new RunHistory(store).read().last().outcome().startsWith('failed: ')
        new RunHistory(store).read().last().ended().present

        where:
        [error, place, concurrency] << [
            [new StackOverflowError(), new NoClassDefFoundError('com/acme/Money'), new OutOfMemoryError('Java heap space'), new ExceptionInInitializerError('no')],
            ['transform', 'source', 'sink'],
            [Concurrency.none(), new Concurrency(1, 4)]].combinations()
    }

    def "#failure.class.simpleName in a #place after saved batches is a failure that says where, and not wrong use"() {
        given:
        def fails = { r -> if (place == 'transform' && r.id == 'p25') { throw failure }; r }

        when:
        run(transform(fails), place == 'source' ? source(failure) : new ListSource('id', products(95), true), place == 'sink' ? sink(failure) : sink, Concurrency.none())

        then:
        def fatal = thrown(FatalFailure)
        fatal.message == "phase 'copy' stopped after 20 records: $text; correct the cause and start again: the run resumes after the last saved batch"
        fatal.cause.is(failure)
        store.read().checkpoint().get().run().status() == RunStatus.FAILED

        where:
        failure                                        | place       || text
        new IllegalArgumentException('no such thing')  | 'source'    || 'no such thing'
        new NumberFormatException('For input: "x"')    | 'source'    || 'For input: "x"'
        new IllegalArgumentException('no such thing')  | 'sink'      || 'no such thing'
        new ScriptException(['a.groovy:3:1: no'])      | 'transform' || 'a.groovy:3:1: no'
    }

    def "a mistake of the script on the first record is still one, for nothing was written"() {
        when:
        run(transform { throw new ScriptException(['a.groovy:3:1: no']) }, new ListSource('id', products(95), true), sink, Concurrency.none())

        then:
        thrown(ScriptException)
        sink.held().isEmpty()
    }

    def "a lookup named as a column of the record fails with what to do, also after saved batches"() {
        given: 'only later records have the column'
        def records = products(95).collect { it.id == 'p25' ? it + [name: 'x'] : it }
        def found = [open: { Resources unused -> [find: { [:] }, close: { -> }] as Lookup }, title: { -> 'names' }] as LookupDefinition

        when:
        run(new RecordStep.Join('name', found, 'id', Optional.empty()), new ListSource('id', records, true), sink, Concurrency.none())

        then:
        def fatal = thrown(FatalFailure)
        fatal.message == "lookup 'name' cannot add its result: the record already has a column 'name'; give the lookup another name, as in lookup 'name_found'"
        store.read().checkpoint().get().run().phases()[0].read() == 20
    }
}
