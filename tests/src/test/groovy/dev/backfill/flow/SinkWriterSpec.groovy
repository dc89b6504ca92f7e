package dev.backfill.flow

import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.OversizedFailure
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.connector.UnknownOutcome
import dev.backfill.fake.FakeTime
import dev.backfill.ownership.Fence
import dev.backfill.plan.ScriptException
import dev.backfill.time.Deadline
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

import static dev.backfill.flow.Sinks.batch
import static dev.backfill.flow.Sinks.rows
import static dev.backfill.flow.Sinks.written

class SinkWriterSpec extends Specification {
    int checks
    Fence fence = { checks++; Deadline.none() }
    FakeTime time = new FakeTime(Instant.EPOCH)
    def sink = new Sinks.One()
    int most = 300

    def "what was too large is written in halves, each record once, and its outcome is at its place (#kind)"() {
        given:
        target.does = { List<Row> rows ->
            if (rows.size() > most) {
                throw new OversizedFailure("no time for ${rows.size()}", null)
            }
            def outcome = written(rows)
            rows.eachWithIndex { row, i -> if (row.id % 7 == 0) { outcome.rejected(i, "no $row.id") } }
            outcome
        }
        def writer = writer(target)

        when:
        def outcome = outcome(writer, rows(1_000))

        then:
        target.sizes() == [1000, 500] + [250] * 4
        outcome.size() == 1_000
        (0..<1_000).every { outcome.status(it) == (it % 7 ? WriteStatus.WRITTEN : WriteStatus.REJECTED) }
        outcome.reason(994) == 'no 994'

        when: 'the next batch is given no more than what worked, without another try'
        target.writes.clear()
        outcome = this.outcome(writer, rows(1_003))

        then:
        target.sizes() == [250] * 4 + [3]
        outcome.size() == 1_003
        time.waits() == []

        where:
        kind       | target
        'own'      | new Sinks.One()
        'enlisted' | new Sinks.Shared()
    }

    def "records that are rejected are found, though the parts in which they are looked for are too large, and none is written twice (#kind)"() {
        given:
        List<Object> held = []
        target.does = { List<Row> rows ->
            if (rows.any { it.id == 617 }) {
                throw new RejectedFailure('no 617', Rejection.Kind.RULE)
            }
            if (rows.size() > 200) {
                throw new OversizedFailure("no time for ${rows.size()}", null)
            }
            held.addAll(rows*.id)
            written(rows)
        }

        when:
        def outcome = outcome(writer(target), rows(1_000))

        then:
        outcome.rejection(617) == new Rejection(Rejection.Kind.RULE, 'no 617')
        outcome.count(WriteStatus.WRITTEN) == 999
        held.toSorted() == (0..<1_000) - 617

        where:
        kind       | target
        'own'      | new Sinks.One()
        'enlisted' | new Sinks.Shared()
    }

    def "each attempt is fenced, and the next one after a growing wait"() {
        given:
        int failures = 2
        sink.does = { List<Row> rows ->
            if (failures-- > 0) {
                throw new TransientFailure('deadlock')
            }
            written(rows)
        }

        when:
        def outcome = outcome(writer(sink), rows(3))

        then:
        outcome.count(WriteStatus.WRITTEN) == 3
        sink.sizes() == [3, 3, 3]
        checks == 3
        time.waits().size() == 2
        time.waits()[0] < time.waits()[1]
    }

    def "after as many failures as the policy allows the last one ends it"() {
        given:
        sink.does = { throw new TransientFailure('deadlock') }

        when:
        outcome(writer(sink), rows(3))

        then:
        thrown TransientFailure
        sink.sizes() == [3] * 4
    }

    def "a server that asks for patience is waited for as long as it says"() {
        given:
        boolean first = true
        sink.does = { List<Row> rows ->
            if (first) {
                first = false
                throw new ThrottledFailure('429', Optional.of(Duration.ofSeconds(7)))
            }
            written(rows)
        }

        expect:
        outcome(writer(sink), rows(3)).count(WriteStatus.WRITTEN) == 3
        time.waits() == [Duration.ofSeconds(7)]
    }

    def "nothing is sent without the lease, and #failure.class.simpleName of the fence is not tried again"() {
        given:
        fence = { checks++; throw failure }

        when:
        outcome(writer(sink), rows(3))

        then:
        def e = thrown RuntimeException
        e.is(failure)
        checks == 1
        sink.writes == []
        time.waits() == []

        where:
        failure << [new LeaseLostException('another runner'), new FatalFailure('the checkpoint store has not answered')]
    }

    def "one record alone for which there is no time is a failure that may pass, tried again as any other"() {
        given:
        sink.does = { throw new OversizedFailure('no time', null) }

        when:
        outcome(writer(sink), rows(3))

        then:
        thrown TransientFailure
        sink.sizes() == [3] + [1] * 4
    }

    def "a lost answer is asked for again, unless the target only grows"() {
        given:
        boolean lost = true
        target.does = { List<Row> rows ->
            if (lost) {
                lost = false
                throw new UnknownOutcome('the connection was lost')
            }
            WriteResult.of(rows, WriteStatus.UNCHANGED)
        }

        when:
        def failure = null
        try {
            outcome(writer(target), rows(3))
        } catch (UnknownOutcome e) {
            failure = e
        }

        then:
        (failure == null) == again
        target.sizes() == (again ? [3, 3] : [3])

        where:
        target              | again
        new Sinks.One()     | true
        new Sinks.Growing() | false
    }

    def "an attempt that fails in the checkpoint's transaction is undone, and the lease is that transaction's own matter"() {
        given:
        def shared = new Sinks.Shared()
        shared.does = { List<Row> rows ->
            if (rows.size() > 2) {
                throw new OversizedFailure("no time for ${rows.size()}", null)
            }
            written(rows)
        }

        when:
        def outcome = outcome(writer(shared), rows(4))

        then:
        outcome.count(WriteStatus.WRITTEN) == 4
        shared.memory.undone == 1
        checks == 0
    }

    def "records that the commit would fail for are rejected without being written"() {
        given:
        def shared = new Sinks.Shared()
        def rows = rows(4)
        def why = new Rejection(Rejection.Kind.MISSING_PARENT, 'no parent')
        def known = new IdentityHashMap<Row, Rejection>([(rows[2]): why])

        when:
        def progress = new EnlistedSinkWriter(Sinks.open('products', shared), shared.memory, known)
                .write(batch(rows), WriteTurn.alone())

        then:
        shared.writes == [[0, 1, 3]]
        progress.outcomes()[0].status(2) == WriteStatus.REJECTED
        progress.refusals()*.rejection() == [why]
        progress.items()*.value()*.id == [0, 1, 3]
    }

    def "a sink's condition decides what it gets; what it is not meant for goes on to the next, and what the condition fails on does not"() {
        given:
        def open = Sinks.open('products', sink, { Row row ->
            if (row.get('id') == 3) {
                throw new IllegalArgumentException('no price')
            }
            row.get('id') > 1
        })

        when:
        def progress = writer(open).write(batch(rows(5)), WriteTurn.alone())

        then:
        sink.writes == [[2, 4]]
        progress.items()*.value()*.id == [0, 1, 2, 4]
        progress.refusals()*.where() == ['products, when']
        progress.refusals()*.reason() == ['no price']
        progress.written()*.value()*.id == [2, 4]
    }

    def "a mistake of the script in a condition ends the run"() {
        when:
        writer(Sinks.open('products', sink, { throw new ScriptException(['no such variable']) })).write(batch(rows(5)), WriteTurn.alone())

        then:
        thrown ScriptException
        sink.writes == []
    }

    def "nothing to write is not written, and its turn comes all the same"() {
        given:
        def turn = Mock(WriteTurn)
        def open = Sinks.open('products', sink)

        when:
        writer(open).write(batch([]), turn)

        then:
        1 * turn.await(open, [])
        1 * turn.done(open)
        sink.writes == []
    }

    def "a write that fails gives its turn to nobody"() {
        given:
        def turn = Mock(WriteTurn)
        sink.does = { throw new FatalFailure('no such table') }

        when:
        writer(sink).write(batch(rows(1)), turn)

        then:
        thrown FatalFailure
        1 * turn.await(_, _)
        1 * turn.failed()
        0 * turn.done(_)
    }

    private SinkWriter writer(target) {
        target instanceof Sinks.Shared
                ? new EnlistedSinkWriter(Sinks.open('products', target), target.memory, [:])
                : writer(target instanceof OpenSink ? target : Sinks.open('products', target as dev.backfill.connector.Sink))
    }

    private SinkWriter writer(OpenSink open) {
        new CommittingSinkWriter(open, fence, Sinks.retry(time))
    }

    private static WriteResult outcome(SinkWriter writer, List<Row> rows) {
        writer.write(batch(rows), WriteTurn.alone()).outcomes()[0]
    }
}
