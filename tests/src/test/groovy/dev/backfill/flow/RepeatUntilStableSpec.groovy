package dev.backfill.flow

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.ownership.Fence
import spock.lang.Specification

import java.time.Duration

class RepeatUntilStableSpec extends Specification {
    def sink = new Sinks.One()
    def chain = SinkChain.apart([Sinks.open('products', sink)], Fence.none(), Sinks.retry())
    def repeatUntilStable = new RepeatUntilStable(new RecordSteps([], Sinks.retry()), chain)

    def "only what was written is looked at again, until nothing differs"() {
        given: 'the record 1 changes twice more'
        int round = 0
        sink.does = { List<Row> rows ->
            def outcome = WriteResult.of(rows, WriteStatus.UNCHANGED)
            rows.eachWithIndex { row, i -> if (round == 0 ? row.id < 2 : row.id == 1 && round < 3) { outcome.status(i, WriteStatus.WRITTEN) } }
            round++
            outcome
        }

        when:
        def all = repeatUntilStable.repeat(written(Sinks.rows(3).collect { new RecordPair(it, it) }))

        then:
        sink.writes == [[0, 1, 2], [0, 1], [1], [1]]
        all.transformed().read() == 3
        all.transformed().extra() == 4
        all.transformed().items().size() == 7
        all.progress().outcomes()[0].count(WriteStatus.WRITTEN) == 4
        all.progress().outcomes()[0].size() == 7
    }

    def "what never comes to rest is left after ten rounds"() {
        when:
        repeatUntilStable.repeat(written(Sinks.rows(1).collect { new RecordPair(it, it) }))

        then:
        sink.writes == [[0]] * 11
    }

    def "a record is looked at as the source would give it now: with its own columns as they were written, and no others"() {
        given:
        List<Row> seen = []
        sink.does = { List<Row> rows ->
            seen.addAll(rows)
            WriteResult.of(rows, seen.size() == 1 ? WriteStatus.WRITTEN : WriteStatus.UNCHANGED)
        }

        when:
        repeatUntilStable.repeat(written([new RecordPair(Row.of([id: 1, name: 'old', note: 'n']), Row.of([id: 1, name: 'new', made: 'x']))]))

        then:
        seen.size() == 2
        seen[1].columns().names() == ['id', 'name', 'note']
        [seen[1].id, seen[1].name, seen[1].note] == [1, 'new', 'n']
    }

    private WrittenBatch written(List<RecordPair> items) {
        def progress = chain.write(BatchProgress.of(items), WriteTurn.alone())
        def transformed = new TransformedBatch(items, items.size(), 0, 0, [], [:], [])
        new WrittenBatch(new Batch(items*.origin(), Cursor.start(), true), transformed, progress, Duration.ZERO)
    }
}
