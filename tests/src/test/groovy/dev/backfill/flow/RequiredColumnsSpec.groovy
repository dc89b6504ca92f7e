package dev.backfill.flow

import dev.backfill.connector.Columns
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.ownership.Fence
import dev.backfill.plan.ScriptException
import spock.lang.Specification

class RequiredColumnsSpec extends Specification {
    static final Closure<WriteResult> WRITES = { List<Row> rows -> Sinks.written(rows) }

    static class Needing extends Sinks.One {
        @Override
        List<String> required() {
            ['id', 'price']
        }
    }

    static class NeedingKeyed extends Sinks.Keyed {
        @Override
        List<String> required() {
            ['id', 'price']
        }
    }

    static class NeedingShared extends Sinks.Shared {
        @Override
        List<String> required() {
            ['id', 'price']
        }
    }

    private static BatchProgress write(Sinks.One sink, List<RecordPair> items, OpenSink open) {
        def batch = BatchProgress.of(items)
        if (sink instanceof Sinks.Shared) {
            return SinkChain.of([open], { true }, Fence.none(), Sinks.retry()).writeIn(sink.memory, batch, [:])
        }
        SinkChain.apart([open], Fence.none(), Sinks.retry()).write(batch, new WriteOrder([open]).turn(0))
    }

    private static OpenSink open(Sinks.One sink) {
        new OpenSink(Sinks.open('shop.products', sink).step(), sink, Optional.of('shop.groovy:12'))
    }

    private static List<RecordPair> items(List<Map> values) {
        values.withIndex().collect { value, i -> new RecordPair(Row.of([code: "C$i" as String]), Row.of(value)) }
    }

    def "one record that lacks a column is rejected alone, with the script's line; the others are written (#sink.class.simpleName)"() {
        when:
        def after = write(sink, items([[id: 1, price: 5], [id: 2], [id: 3, price: null]]), open(sink))

        then:
        sink.writes == [[1, 3]]
        with(after.refusals()) {
            it*.item()*.origin()*.code == ['C1']
            it*.where() == ['shop.products, shop.groovy:12']
            it*.rejection() == [new Rejection(Rejection.Kind.MISSING_VALUE, "the record lacks the column 'price' (it has: id)")]
        }

        where:
        sink << [new Needing(does: WRITES), new NeedingKeyed(does: WRITES), new NeedingShared(does: WRITES)]
    }

    def "a column that no record has is the script's mistake, said before any write (#sink.class.simpleName)"() {
        when:
        write(sink, items([[price: 1], [price: 2]]), open(sink))

        then:
        def mistake = thrown ScriptException
        mistake.mistakes() == ["shop.groovy:12: sink shop.products needs the column 'id', but no record has one: see the record code C0"
            + " (it has: price); let transform give 'id' for each record, as null where there is no value"]
        sink.writes == []

        where:
        sink << [new Needing(does: WRITES), new NeedingKeyed(does: WRITES), new NeedingShared(does: WRITES)]
    }

    def "what an earlier batch had is no mistake of the script in a later one"() {
        given:
        def sink = new Needing(does: WRITES)
        def open = open(sink)
        write(sink, items([[id: 1, price: 5]]), open)

        expect:
        write(sink, items([[id: 2]]), open).refusals()*.reason() == ["the record lacks the column 'price' (it has: id)"]
    }

    def "a field that a record of JSON may lack is null"() {
        given:
        def sink = new Needing(does: WRITES)
        def row = Row.of(Columns.ofFields(['id'], ['id', 'price'] as Set), 1)

        expect:
        write(sink, [new RecordPair(row, row)], open(sink)).refusals() == []
        sink.writes == [[1]]
    }
}
