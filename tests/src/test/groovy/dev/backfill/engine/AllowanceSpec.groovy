package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.Resources
import dev.backfill.connector.Split
import dev.backfill.engine.pacing.Allowance
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.SourceDefinition
import dev.backfill.connector.Source
import dev.backfill.run.Concurrency
import dev.backfill.run.Extent
import dev.backfill.run.HaltedException
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import spock.lang.Specification
import spock.lang.Timeout

import java.util.concurrent.FutureTask

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

@Timeout(60)
class AllowanceSpec extends Specification {
    def time = new FakeTime(Plans.START)

    private static Extent limited(int records) {
        new Extent(Optional.empty(), Extent.all().scope(), Optional.empty(), OptionalLong.of(records), Optional.empty())
    }

    private static Thread waiting(FutureTask<?> task) {
        def thread = new Thread(task)
        thread.daemon = true
        thread.start()
        while (thread.alive && thread.state != Thread.State.WAITING) {
            Thread.onSpinWait()
        }
        thread
    }

    def "who finds all of the limit granted waits for what the others leave over: #read of 50 were read"() {
        given:
        def allowance = new Allowance(limited(50), time)
        allowance.grant(50)
        def second = new FutureTask<Integer>({ allowance.grant(50) })
        waiting(second)

        when:
        allowance.settle(50, read)

        then:
        second.get() == 50 - read

        where:
        read << [0, 10, 49]
    }

    def "when nothing is left over, who waited is told that the limit is reached"() {
        given:
        def allowance = new Allowance(limited(50), time)
        allowance.grant(50)
        def second = new FutureTask<Object>({
            try {
                allowance.grant(50)
            } catch (PausedException e) {
                e.message
            }
        })
        waiting(second)

        when:
        allowance.settle(50, 50)

        then:
        second.get() == 'the limit of 50 records is reached'
    }

    def "an interrupt ends the wait"() {
        given:
        def allowance = new Allowance(limited(50), time)
        allowance.grant(50)
        def second = new FutureTask<Object>({
            try {
                allowance.grant(50)
            } catch (HaltedException e) {
                e.class
            }
        })
        def thread = waiting(second)

        when:
        thread.interrupt()

        then:
        second.get() == HaltedException
    }

    def "a run of #splits splits with #window batches in flight reads exactly its limit, though some splits are short"() {
        given: 'the first split is shorter than a batch, and is read only when nobody else can begin'
        def records = products(95)
        def list = new ListSource('id', records, true)
        def uneven = [
            splits: { int wanted ->
                def bounds = [0, 3] + (1..splits - 1).collect { 3 + 92 * it.intdiv(splits - 1) }
                bounds = bounds.unique()
                (0..<bounds.size() - 1).collect {
                    new Split(it, bounds[it] == 0 ? Cursor.start() : Cursor.after("${bounds[it]}"), Optional.of(Cursor.after("${bounds[it + 1]}")),
                            OptionalLong.of(bounds[it + 1] - bounds[it]))
                }
            },
            read: { Split split, Cursor after, int limit -> list.read(split, after, limit) as Batch },
            key: { list.key(it) },
            resumable: { -> true },
            close: { -> },
        ] as Source
        def definition = [open: { Resources unused -> uneven }, title: { -> 'uneven splits' }] as SourceDefinition
        def store = new MemoryStore(time)
        def sink = new RecordingSink('id')
        def resources = new OpenResources(1, false)
        def options = RunOptions.standard().with(limited(40)).with(new Concurrency(splits, window))

        when:
        new Runner(plan(batch: 40, [phase(definition, [], sink)]), options, conditions(time), { false } as Processes).run(resources, store)

        then:
        def paused = thrown(PausedException)
        paused.message == 'the limit of 40 records is reached'
        store.read().checkpoint().get().run().phases()[0].read() == 40
        sink.held().size() == 40

        cleanup:
        resources.close()

        where:
        [splits, window] << [[2, 3], [1, 4]].combinations()
    }
}
