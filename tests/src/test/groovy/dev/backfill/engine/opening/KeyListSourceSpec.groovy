package dev.backfill.engine.opening

import dev.backfill.connector.Batch
import dev.backfill.connector.Cursor
import dev.backfill.connector.KeyedSource
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.connector.Split

class KeyListSourceSpec extends SourceContract {
    private List<String> keys = []

    @Override
    Source sourceOf(int records) {
        keys = records ? (records..1).collect { "p$it".toString() } : []
        new KeyListSource(new Records(keys.toSet()), keys)
    }

    @Override
    List<String> keys() { keys }

    @Override
    Source misspelt() { throw new UnsupportedOperationException() }

    @Override
    boolean namesColumns() { false }

    def "keys whose records are gone are passed over, and the end comes nevertheless"() {
        given:
        def source = new KeyListSource(new Records(['p2', 'p5'] as Set), (1..6).collect { "p$it".toString() })

        expect:
        walk(source, limit).collectMany { it.rows() }*.id == ['p2', 'p5']
        walk(source, limit).last().last()

        where:
        limit << [1, 2, 3, 6, 100]
    }

    static class Records implements KeyedSource {
        private final Set<String> there

        Records(Set<String> there) { this.there = there }

        List<Row> find(List<String> keys) { keys.findAll { it in there }.collect { Row.of([id: it]) } }

        List<Split> splits(int wanted) { [] }

        Batch read(Split split, Cursor after, int limit) { new Batch([], after, true) }

        String key(Row row) { row.id }
    }
}
