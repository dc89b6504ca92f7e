package dev.backfill.engine.phase

import dev.backfill.checkpoint.Checkpoints
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.MalformedRecord
import dev.backfill.engine.Plans
import dev.backfill.engine.opening.OpenPhase
import dev.backfill.flow.BatchProgress
import dev.backfill.flow.RecordPair
import dev.backfill.flow.RecordSteps
import dev.backfill.flow.Refusal
import dev.backfill.flow.SinkChain
import dev.backfill.flow.Sinks
import dev.backfill.flow.TransformedBatch
import dev.backfill.flow.WriteTurn
import dev.backfill.flow.WrittenBatch
import dev.backfill.ownership.Fence
import dev.backfill.plan.SourceDefinition
import spock.lang.Specification

import java.time.Duration
import java.time.Instant

class BatchSavingSpec extends Specification {
    static final Instant NOW = Instant.parse('2026-11-23T02:00:00Z')

    def source = Stub(Source) { key(_) >> { Row row -> "key ${row.id}".toString() } }
    def sink = new Sinks.One(does: { List<Row> rows ->
        def outcome = Sinks.written(rows)
        outcome.rejected(1, 'no such shop')
        outcome
    })
    def open = Sinks.open('shops', sink)
    def phase = new OpenPhase(Plans.phase(Stub(SourceDefinition), [], name: 'products', open.step().sink()), source, Optional.empty(),
            new RecordSteps([], Sinks.retry()), [open])

    def "position, counts and dead letters are of the same batch, on top of the state as it is then"() {
        given: 'five are read: one is no record, one is refused by a step, one by the sink'
        def before = Checkpoints.at(100).run()

        when:
        def done = saving(false).of(before, 7)
        def state = done.next().phases()[0]

        then:
        state.splits()[0].cursor() == Cursor.after('p-105')
        state.splits()[0].rows() == 105
        state.splits()[0].epoch() == 7
        state.splits()[0].status() == WorkStatus.RUNNING
        state.batches() == 2
        state.read() == 105
        state.rejected() == 2
        state.sinks()[0].rejected() == 1
        state.sinks()[0].written() == 102
        state.counts() == [missing: 0L, written: 2L]
        done.next().id() == before.id()

        and:
        done.letters()*.key() == ['line 5', 'key 4', 'key 2']
        done.letters()*.sink() == ['source', 'transform', 'shops']
        done.letters()*.rejection()*.reason() == ['no JSON', 'no price', 'no such shop']
        done.letters().every { it.run() == 'run-1' && it.phase() == 'products' && it.first() == NOW && it.at() == NOW }
    }

    def "asked again after a save that failed it says the same, and changes nothing that it was given"() {
        given:
        def before = Checkpoints.at(100).run()
        def saving = saving(false)

        expect:
        saving.of(before, 7) == saving.of(before, 7)
        before == Checkpoints.at(100).run()
    }

    def "the last batch ends its split"() {
        expect:
        saving(true).of(Checkpoints.at(100).run(), 7).next().phases()[0].splits()[0].status() == WorkStatus.DONE
    }

    private BatchSaving saving(boolean last) {
        def pairs = (1..4).collect { Row.of([id: it]) }.collect { new RecordPair(it, it) }
        def refusal = new Refusal(pairs[3], 'transform', new Rejection(Rejection.Kind.SCRIPT, 'no price'))
        def batch = new Batch(pairs*.origin(), [new MalformedRecord('line 5', '"x"', 'no JSON')], Cursor.after('p-105'), last)
        def transformed = new TransformedBatch(pairs.take(3), 4, 0, 0, [refusal], [:], [])
        def progress = SinkChain.apart([open], Fence.none(), Sinks.retry())
                .write(BatchProgress.of(pairs.take(3)), WriteTurn.alone())
        new BatchSaving(phase, 0, 0, new WrittenBatch(batch, transformed, progress, Duration.ZERO), NOW)
    }
}
