package dev.backfill.validation

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Lookup
import dev.backfill.connector.Resources
import dev.backfill.connector.Row
import dev.backfill.plan.LookupDefinition
import dev.backfill.plan.RecordFunction
import dev.backfill.plan.RowsDefinition
import spock.lang.Specification

class TargetSumsSpec extends Specification {
    private static final List<Map> STOCK = [[shop_id: 7, item: 'a', units: 2], [shop_id: 7, item: 'a', units: 3], [shop_id: 8, item: 'b', units: null]]

    private static RowsDefinition rows(List<Map> all) {
        [each: { Resources unused, taker -> all.each { taker.accept(Row.of(it)) } }, title: { -> 'stock in a spec' }] as RowsDefinition
    }

    private static TargetSums sums(String by, Map<String, String> names) {
        def label = names == null ? null : [open: { Resources unused ->
            { Collection<String> values -> names.subMap(values).collectEntries { id, name -> [id, Row.of([name: name])] } } as Lookup
        }, title: { -> 'shops' }] as LookupDefinition
        new TargetSums(rows(STOCK), by, { r -> r.units == null ? [units: 0, items: null] : [units: r.units, items: r.item] } as RecordFunction,
                Optional.ofNullable(label))
    }

    def "the rows of a target are summed up by groups, each with the name that is found for it"() {
        expect:
        sums('shop_id', ['7': 'north']).rows(null) ==
                [[shop_id: 7, shop: 'north', units: 5, items: 1], [shop_id: 8, units: 0, items: 0]]
        sums('item', null).rows(null)*.item == ['a', 'b']
    }

    def "a column that the target does not have is named"() {
        when:
        sums('place', null).rows(null)

        then:
        def failure = thrown FatalFailure
        failure.message == "stock in a spec has no column 'place' for the sums by place; name a column of it"
    }
}
