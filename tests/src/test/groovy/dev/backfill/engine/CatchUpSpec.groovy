package dev.backfill.engine

import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.FilterableSource
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Scope
import dev.backfill.connector.Sink
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.fake.FakeTime
import dev.backfill.fake.ListSource
import dev.backfill.plan.NewRows
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.run.Concurrency
import dev.backfill.run.OpenResources
import dev.backfill.run.Processes
import dev.backfill.run.RunOptions
import dev.backfill.run.RunResult
import spock.lang.Specification

import static Plans.conditions
import static Plans.phase
import static Plans.plan

/** Records that come with keys below the position while the run is on, as texts and uuids do. */
class CatchUpSpec extends Specification {
    def time = new FakeTime(Plans.START)
    def store = new MemoryStore(time)
    def items = new TreeMap<String, Map<String, Object>>()
    /** Which ids the application adds when a record of the key is written. */
    Map<String, List<String>> added = [:]

    def setup() {
        (1..30).each { add(String.format('m%02d', it)) }
    }

    void add(String id) {
        items[id] = [id: id, done: false] as Map<String, Object>
    }

    /** A table whose rows are seen as they are at each read. */
    Source table(boolean left) {
        def seen = { -> synchronized (items) { items.values().findAll { !left || !it.done } } }
        [
            splits: { int wanted ->
                def end = items ? Optional.of(Cursor.after(items.lastKey())) : Optional.empty()
                def middle = Cursor.after('m15')
                wanted == 1 ? [new Split(0, Cursor.start(), end, OptionalLong.of(seen().size()))]
                        : [new Split(0, Cursor.start(), Optional.of(middle), OptionalLong.of(15)), new Split(1, middle, end, OptionalLong.of(15))]
            },
            read: { Split split, Cursor after, int limit ->
                def rows = seen().findAll { (after.atStart() || it.id > after.text()) && it.id <= split.upTo().get().text() }.take(limit)
                new Batch(rows.collect { Row.of(it) }, rows ? Cursor.after(rows.last().id as String) : after, rows.size() < limit)
            },
            key: { Row row -> row.id }, resumable: { -> true }, close: { -> },
            filter: { Scope scope -> assert scope.where().get() == 'not done'; table(true) },
        ] as FilterableSource
    }

    SinkDefinition sink(int failing = -1) {
        int writes = 0
        def writing = { List<Row> rows ->
            if (++writes == failing) { throw new FatalFailure('disk full') }
            synchronized (items) {
                rows.each { row ->
                    items[row.id as String].done = true
                    added.remove(row.id)?.each { add(it) }
                }
            }
            WriteResult.of(rows, WriteStatus.WRITTEN)
        } as Sink
        [open: { Resources resources -> writing }, title: { -> 'items' }] as SinkDefinition
    }

    RunResult run(SinkDefinition to, NewRows newRows = new NewRows.CatchUp('not done'), SourceDefinition from = null,
                  Concurrency concurrency = Concurrency.none()) {
        def source = from ?: [open: { Resources r -> table(false) }, title: { -> 'items' }, shown: { Cursor c -> c.text() }] as SourceDefinition
        new Runner(plan([phase(source, [], to, newRows: newRows)]), RunOptions.standard().with(concurrency),
                conditions(time), { false } as Processes).run(new OpenResources(3, false), store)
    }

    def "what came while splits were worked on side by side is found at the end as well"() {
        given:
        added = [m20: ['a01'], a01: ['a02']]

        when:
        def state = run(sink(), new NewRows.CatchUp('not done'), null, new Concurrency(2, 1)).state().phases()[0]

        then:
        state.status() == WorkStatus.DONE
        state.splits().size() > 1
        items.values().every { it.done }
    }

    def "what came below the position is found at the end, and what came meanwhile in a pass after that"() {
        given:
        added = [m20: ['a01', 'a02'], a02: ['a03']]

        when:
        def state = run(sink()).state().phases()[0]

        then:
        items.size() == 33
        items.values().every { it.done }
        state.read() == 33
        state.adds()
        state.splits()*.rows() == [30, 2, 1, 0]
        state.status() == WorkStatus.DONE

        and: 'the documented position stays at the end of the first pass'
        store.read().checkpoint().get().fields().last_id == 'm30'
    }

    def "without it, the script's word for who sees to them is taken"() {
        given:
        added = [m20: ['a01']]

        when:
        def state = run(sink(), new NewRows.HandledBy('the application')).state().phases()[0]

        then:
        !items.a01.done
        state.read() == 30
        state.splits().size() == 1
    }

    def "who never stops adding is not waited for"() {
        given:
        added = (0..40).collectEntries { i -> [(i == 0 ? 'm30' : "a${100 + i}" as String): ["a${101 + i}" as String]] }

        when:
        def state = run(sink()).state().phases()[0]

        then:
        state.splits()*.rows() == [30, 1, 1, 1, 1, 1]
        state.read() == 35
        state.status() == WorkStatus.DONE
    }

    def "a record that is rejected each time is looked at once more, and not in every pass"() {
        given:
        def whole = sink()
        def picky = { List<Row> rows ->
            def outcome = (whole.open(null) as Sink).write(rows)
            rows.eachWithIndex { row, i -> if (row.id == 'm05') { items.m05.done = false; outcome.rejected(i, 'no price') } }
            outcome
        } as Sink

        when:
        def state = run([open: { Resources resources -> picky }, title: { -> 'items' }] as SinkDefinition).state().phases()[0]

        then:
        state.splits()*.rows() == [30, 1]
        state.status() == WorkStatus.DONE
        store.countDeadLetters() == 1
    }

    def "a run that failed in such a pass goes on in it"() {
        given:
        added = [m20: (1..15).collect { String.format('a%02d', it) }]

        when:
        run(sink(5))

        then:
        thrown(FatalFailure)
        store.read().checkpoint().get().run().phases()[0].read() == 40

        when:
        def state = run(sink()).state().phases()[0]

        then:
        state.read() == 45
        state.adds()
        state.splits()*.rows() == [30, 15, 0]
        items.values().every { it.done }
    }

    def "a source of which no part can be read is refused before anything is written"() {
        when:
        run(sink(), new NewRows.CatchUp('not done'), new ListSource('id', [[id: 'm01'] as Map<String, Object>], true))

        then:
        def refused = thrown(FatalFailure)
        refused.message.contains('handledBy')
        !items.m01.done
    }
}
