package dev.backfill.retrial

import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.DeadLetter
import dev.backfill.checkpoint.MemoryStore
import dev.backfill.checkpoint.RunStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Identified
import dev.backfill.connector.KeyedSource
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Rejection
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.Source
import dev.backfill.connector.Split
import dev.backfill.control.RunHistory
import dev.backfill.engine.Plans
import dev.backfill.engine.Runner
import dev.backfill.fake.FakeTime
import dev.backfill.plan.Backfill
import dev.backfill.plan.DeadLetterLimit
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.report.Refused
import dev.backfill.run.ChangedException
import dev.backfill.run.OpenResources
import dev.backfill.run.OwnedException
import dev.backfill.run.RunOptions
import spock.lang.Specification

import java.time.Duration

import static dev.backfill.engine.Plans.phase
import static dev.backfill.engine.Plans.plan

class LetterRetrySpec extends Specification {
    FakeTime time = new FakeTime(Plans.START)
    MemoryStore store = new MemoryStore(time)
    Map<String, Map<String, Object>> records = (1..30).collectEntries { ["p$it" as String, [id: "p$it" as String, price: it]] }
    Map<Object, Map> target = [:]
    Set<Object> refused = ['p3', 'p7', 'p30'] as Set

    def "what is mended is taken off the list, what is refused again has one attempt more, what is gone is closed"() {
        given:
        def backfill = plan([phase(keyed(), [], sink())])
        run(backfill)

        when:
        refused = ['p7'] as Set
        records.remove('p30')
        time.pass(Duration.ofMinutes(5))
        def tally = retry(backfill)

        then:
        [tally.tried(), tally.written(), tally.refused(), tally.gone()] == [3, 1, 1, 1]
        target.keySet().contains('p3')
        with(store.deadLetters(5)) {
            it*.key() == ['p7']
            it[0].attempts() == 2
            it[0].first() == Plans.START
            it[0].at() > it[0].first()
        }

        when:
        refused = [] as Set
        retry(backfill)

        then:
        store.countDeadLetters() == 0
        store.read().holder().empty
        store.read().checkpoint().get().run().status() == RunStatus.DONE
    }

    def "a part of the list can be chosen by key, by phase and by number"() {
        given:
        def backfill = plan([phase(keyed(), [], sink())])
        run(backfill)
        refused = [] as Set

        when:
        def tally = retry(backfill, new Selection(Optional.of('copy'), Optional.of(['p3', 'p7'] as Set), OptionalLong.of(1), false))

        then:
        tally.written() == 1
        store.deadLetters(5)*.key() == ['p7', 'p30']

        when:
        retry(backfill, new Selection(Optional.of('no such'), Optional.empty(), OptionalLong.empty(), false))

        then:
        def failure = thrown IllegalArgumentException
        failure.message == "no phase 'no such'; there are copy"
    }

    def "a source that cannot be read by key is refused, unless the records as they were are wanted"() {
        given:
        records.p3.password = 'hunter2'
        records.p7.text = 'x' * 100_000
        def backfill = plan([phase(unkeyed(), [], sink())])
        run(backfill)
        refused = [] as Set

        when:
        retry(backfill)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('retry --from-payload')
        !store.deadLetters(5).any { it.payload().contains('hunter2') }
        store.deadLetters(5).every { it.payload().length() < 70_000 }

        when:
        def tally = retry(backfill, new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), true))

        then: 'what was hidden or cut stays'
        tally.written() == 1
        tally.unread() == 2
        target.p30.price == 30
        store.deadLetters(5)*.key() == ['p3', 'p7']
    }

    def "records that are equal, or whose columns only seem so, keep their own keys when they are tried again"() {
        given: 'as from a service whose records do not say their keys'
        def backfill = plan([phase(unkeyed(), [], sink { Row row -> Rejection.Kind.RULE })])
        refused = ['p3'] as Set
        run(plan([phase(unkeyed(), [], sink())]))
        def letter = store.deadLetters(1)[0]
        def payloads = [a: '{"id":"x","Aa":1}', b: '{"id":"x","Aa":1}', c: '{"id":"x","BB":1}']
        def lease = store.acquire(Plans.owner(1), AcquireCondition.ifFree())
        store.removeDeadLetters(lease, [letter])
        store.addDeadLetters(lease, payloads.collect { key, payload ->
            new DeadLetter(letter.run(), letter.phase(), letter.sink(), key, letter.rejection(), 1, payload, letter.first(), letter.at())
        })
        store.release(lease)

        when:
        def tally = retry(backfill, new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), true))

        then:
        [tally.tried(), tally.refused()] == [3, 3]
        store.deadLetters(9).collectEntries { [it.key(), it.attempts()] } == [a: 2, b: 2, c: 2]
    }

    def "a sink that is another than the run's is refused before anything is tried, unless the change is accepted"() {
        given:
        run(plan([phase(keyed(), [], identified('production'))]))
        refused = [] as Set
        def elsewhere = plan([phase(keyed(), [], identified('staging'))])

        when:
        retry(elsewhere)

        then:
        def failure = thrown ChangedException
        failure.message.contains("sink 1 of phase 'copy' has changed: it was production, now it is staging")
        failure.message.contains('--accept-changes')
        store.countDeadLetters() == 3
        store.read().holder().empty

        when:
        def tally = retry(elsewhere, new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), false, true))

        then:
        tally.written() == 3
        store.countDeadLetters() == 0
    }

    def "a script that was mended since is what a retry is for"() {
        given:
        run(plan([phase([fingerprint: 'as it was'], keyed(), [], sink())]))
        refused = [] as Set

        expect:
        retry(plan([phase([fingerprint: 'mended'], keyed(), [], sink())])).written() == 3
    }

    def "nothing is tried while a run is on"() {
        given:
        def backfill = plan([phase(keyed(), [], sink())])
        run(backfill)
        store.acquire(Plans.owner(2), AcquireCondition.ifFree())

        when:
        retry(backfill, all(), true)

        then:
        thrown OwnedException
    }

    def "a record whose parent comes later is tried again before the run ends, also when its parent waits for one itself"() {
        given: 'each record needs the one after it'
        refused = [] as Set
        def needy = sink { Row row -> row.price < 30 && !target.containsKey('p' + (row.price + 1)) ? Rejection.Kind.MISSING_PARENT : null }

        when:
        def result = run(plan([batch: 5, deadLetters: DeadLetterLimit.standard()], [phase(keyed(), [], needy)]))

        then:
        result.deadLetters() == 0
        target.size() == 30

        and: 'what was refused at first is not told as if it still were'
        Refused.now(store).bySink(result.state().phases()[0], ['a sink'], 0) == ', 29 times refused, no dead letters left'
        new RunHistory(store).read()*.deadLetters() == [0]
    }

    def "a record whose parent never comes stays a dead letter, and the run ends"() {
        given:
        refused = [] as Set
        def needy = sink { Row row -> row.id == 'p4' ? Rejection.Kind.MISSING_PARENT : null }

        when:
        def result = run(plan([phase(keyed(), [], needy)]))

        then:
        result.deadLetters() == 1
        result.state().status() == RunStatus.DONE
        store.deadLetters(5)[0].rejection().kind() == Rejection.Kind.MISSING_PARENT
    }

    def "a ceiling of #limit is for #letters of #read records #exceeded"() {
        expect:
        DeadLetterLimit.read(limit).exceeded(letters, read) == exceeded

        where:
        limit   | letters | read      | exceeded
        '0'     | 1       | 1_000_000 | true
        '500'   | 500     | 500       | false
        '500'   | 501     | 1_000_000 | true
        '0.05%' | 50      | 1_000     | false
        '0.05%' | 51      | 1_000     | true
        '0.05%' | 500     | 1_000_000 | false
        '0.05%' | 501     | 1_000_000 | true
    }

    def "a ceiling that is none is told: #text"() {
        when:
        DeadLetterLimit.read(text)

        then:
        thrown IllegalArgumentException

        where:
        text << ['many', '-1', '200%', '', '%', '1.5']
    }

    private run(Backfill backfill) {
        new OpenResources(3).withCloseable { new Runner(backfill, RunOptions.standard(), Plans.conditions(time), { false }).run(it, store) }
    }

    private retry(Backfill backfill, Selection selection = all(), boolean alive = false) {
        new OpenResources(3).withCloseable { new LetterRetry(backfill, Plans.conditions(time), { alive }, selection).run(it, store) }
    }

    private static Selection all() {
        new Selection(Optional.empty(), Optional.empty(), OptionalLong.empty(), false)
    }

    private SinkDefinition identified(String name) {
        def plain = sink().open(null)
        def known = new Known() {
            WriteResult write(List<Row> records) {
                plain.write(records)
            }

            String identity() {
                name
            }
        }
        [open: { Resources it -> known }, title: { -> 'a sink' }] as SinkDefinition
    }

    interface Known extends Sink, Identified {}

    private SinkDefinition sink(Closure<Rejection.Kind> judge = { Row row -> row.id in refused ? Rejection.Kind.RULE : null }) {
        def writes = { List<Row> rows ->
            def outcome = WriteResult.of(rows, WriteStatus.WRITTEN)
            rows.eachWithIndex { row, i ->
                def kind = judge(row)
                if (kind) {
                    outcome.rejected(i, new Rejection(kind, "$row.id is refused" as String))
                } else {
                    target[row.id] = new HashMap(row)
                }
            }
            outcome
        }
        [open: { Resources it -> writes as Sink }, title: { -> 'a sink' }] as SinkDefinition
    }

    private SourceDefinition keyed() {
        [open: { Resources it -> new Products(records) }, title: { -> 'products' }] as SourceDefinition
    }

    private SourceDefinition unkeyed() {
        def products = new Products(records)
        def source = [splits: { int n -> products.splits(n) }, read: { a, b, c -> products.read(a, b, c) }, key: { Row row -> products.key(row) },
                      resumable: { -> true }, close: { -> }] as Source
        [open: { Resources it -> source }, title: { -> 'a stream' }] as SourceDefinition
    }

    static class Products implements KeyedSource {
        final Map<String, Map<String, Object>> records

        Products(Map<String, Map<String, Object>> records) {
            this.records = records
        }

        @Override
        List<Row> find(List<String> keys) {
            keys.findResults { records[it] ? Row.of(records[it]) : null }
        }

        @Override
        List<Split> splits(int wanted) {
            [new Split(0, Cursor.start(), Optional.of(Cursor.after('30')), OptionalLong.of(30))]
        }

        @Override
        Batch read(Split split, Cursor after, int limit) {
            def from = after.atStart() ? 0 : after.text() as int
            def rows = records.values().drop(from).take(limit).collect { Row.of(it) }
            new Batch(rows, Cursor.after((from + rows.size()).toString()), from + rows.size() >= records.size())
        }

        @Override
        String key(Row row) {
            row.id
        }
    }
}
