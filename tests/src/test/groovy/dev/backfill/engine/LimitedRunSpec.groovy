package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Budget
import dev.backfill.connector.Measure
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.TransientFailure
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.fake.RecordingSink
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.ThrottleRule
import dev.backfill.plan.limit.BudgetDefinition
import dev.backfill.plan.limit.Hours
import dev.backfill.plan.limit.MeasureDefinition
import dev.backfill.plan.limit.Unit
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.PausedException
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import dev.backfill.run.TimeSheet
import spock.lang.Specification

import java.time.Duration

import static Plans.conditions
import static Plans.phase
import static Plans.plan
import static Plans.products

class LimitedRunSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def sink = new RecordingSink('id')
    List<Integer> sizes = []
    TimeSheet sheet
    def listening = new Listening() {
        void timed(TimeSheet times) { sheet = times }
    }

    /** A sink that takes so long for a batch. */
    private SinkDefinition slow(Closure<Duration> took) {
        def write = { List<Row> rows ->
            sizes << rows.size()
            time.pass(took(rows.size()))
            sink.write(rows)
        }
        [open: { Resources unused -> write as Sink }, title: { -> 'a slow sink' }] as SinkDefinition
    }

    private RunResult run(Map with = [:], List<ThrottleRule> rules) {
        def resources = new OpenResources(1, false)
        def records = products((with.records ?: 95) as int)
        try {
            new Runner(plan(throttle: rules, batch: (with.batch ?: 10) as int, [phase(new ListSource('id', records, true), [], slow(with.took ?: { Duration.ofMillis(100) }))]),
                    RunOptions.standard().with(Concurrency.none()), conditions(time, listener: listening), { false } as Processes)
                    .run(resources, store)
        } finally {
            resources.close()
        }
    }

    private static MeasureDefinition lag(Closure<Double> read) {
        [open: { Resources unused -> [read: read, close: { }] as Measure }, title: { 'replication lag' }] as MeasureDefinition
    }

    def "a run stops above the lag's limit and goes on below the lower one, and the shares of its time add up"() {
        given: 'a replica that falls behind while rows are written and catches up in some seconds'
        def behind = 0.0d
        def last = time.nanos()
        def measured = []
        def measure = lag {
            behind = Math.max(0, behind - (time.nanos() - last) / 2e9)
            last = time.nanos()
            measured << behind
            behind
        }
        def took = {
            behind = 2.0d
            last = time.nanos() + Duration.ofSeconds(1).toNanos()
            Duration.ofSeconds(1)
        }

        when:
        def result = run([new ThrottleRule.Lag(measure, 1.5d, 1.0d)], records: 35, took: took)

        then: 'after each batch it waits until the lag is 1.0'
        result.state().status() == RunStatus.DONE
        sizes.size() == 4
        listening.heard.every { it == 'began' || it == 'replication lag 1000' }
        listening.heard.count { it != 'began' } == 6
        measured.max() > 1.5
        sheet.shares().keySet() == ['work', 'replication lag'] as Set
        Math.abs(sheet.shares().values().sum() - 1) < 1e-9
        sheet.elapsed() == Duration.ofSeconds(4 + 6)
        Math.abs(sheet.shares()['replication lag'] - 6 / 10) < 1e-9
    }

    def "a probe that cannot be read when the run starts fails it before anything is written"() {
        when:
        run([new ThrottleRule.Lag(lag { throw new dev.backfill.connector.FatalFailure('no rights') }, 1.5d, 1.0d)])

        then:
        thrown(dev.backfill.connector.FatalFailure)
        sink.held().isEmpty()
    }

    def "a closing window ends the run with a clean checkpoint, and in the next one it goes on"() {
        given: 'it is eight seconds before the end of the window, and each batch takes a second'
        time.pass(Duration.ofSeconds(52))
        def rules = [new ThrottleRule.Window(Hours.of('11:00-12:01 UTC'))]
        def took = { Duration.ofSeconds(1) }

        when:
        run(rules, took: took)

        then:
        def paused = thrown(PausedException)
        paused.message.contains('is closed until 2026-11-24T11:00:00Z')
        sink.held().size() == 80
        store.read().holder().empty
        with(store.read().checkpoint().get().run()) {
            status() == RunStatus.STOPPED
            phases()[0].read() == 80
            phases()[0].adds()
        }

        when: 'the next day'
        time.pass(Duration.ofHours(23))
        def result = run(rules, took: took)

        then:
        result.state().status() == RunStatus.DONE
        sink.writes().values().every { it == 1 }
    }

    def "several limits hold together, and each is given the time that it held"() {
        when:
        run([new ThrottleRule.Pause(Duration.ofMillis(500)), new ThrottleRule.Nice(2d), new ThrottleRule.Rate(10d, Duration.ofSeconds(1))],
                took: { int size -> Duration.ofMillis(size == 5 ? 100 : 400) })

        then: 'a batch of 10 may follow the last after a second: longer than the pause, shorter than twice its own time only once'
        Math.abs(sheet.shares().values().sum() - 1) < 1e-9
        sheet.shares().keySet().containsAll(['work', 'nice 2'])
        Math.abs(sheet.shares()['work'] * sheet.elapsed().toMillis() - (9 * 400 + 100)) < 1
    }

    def "batches come to take the time that is aimed at"() {
        when: 'a record takes a millisecond'
        run([new ThrottleRule.BatchTime(Duration.ofMillis(50))], records: 3000, batch: 1000, took: { int size -> Duration.ofMillis(size) })

        then: 'five times too long and more: halved at once, then nearer'
        sizes[0] == 1000
        sizes[1] == 500
        sizes[2] == 250
        sizes[-2] == 50
    }

    def "a budget is asked for each batch before it is read"() {
        given:
        def reserved = []
        def budget = [open: { Resources unused, long most, Duration per -> [reserve: { long amount -> reserved << amount; reserved.size() == 3 ? Duration.ofSeconds(7) : Duration.ZERO }, close: { }] as Budget },
            title: { 'budget shop' }] as BudgetDefinition

        when:
        run([new ThrottleRule.Spending(budget, Unit.RECORDS, 100, Duration.ofMinutes(1))], records: 25)

        then:
        reserved == [10L, 10L, 10L, 10L]
        listening.heard.contains('budget shop 7000')
        Math.abs(sheet.shares()['budget shop'] * sheet.elapsed().toMillis() - 7_000) < 1
    }

    def "waits for retries have a share of their own"() {
        given:
        def calls = 0

        when:
        run([], records: 10, took: { if (++calls == 1) { throw new TransientFailure('reset') }; Duration.ofSeconds(1) })

        then:
        sheet.shares().keySet() == ['work', TimeSheet.RETRIES] as Set
        sheet.shares()[TimeSheet.RETRIES] > 0.3
        Math.abs(sheet.shares().values().sum() - 1) < 1e-9
    }
}
