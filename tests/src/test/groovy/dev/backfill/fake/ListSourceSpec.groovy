package dev.backfill.fake

import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.engine.Plans

class ListSourceSpec extends SourceContract {
    private int size

    @Override
    Source sourceOf(int records) {
        size = records
        new ListSource('id', Plans.products(records).take(records), true)
    }

    @Override
    List<String> keys() { Plans.products(size)*.id }

    @Override
    Source misspelt() { throw new UnsupportedOperationException() }

    @Override
    boolean namesColumns() { false }
}
