package dev.backfill.validation

import dev.backfill.connector.FatalFailure
import spock.lang.Specification

class ActualSumsSpec extends Specification {
    private static Map<String, Map<String, Amount>> groups(Map<String, Map<String, List>> sums) {
        sums.collectEntries { group, amounts ->
            [group as String, amounts.collectEntries { name, values ->
                def amount = new Amount()
                values.each { amount.add(it) }
                [name, amount]
            }]
        }
    }

    private static List<String> differences(Map sums, Object held) {
        new ActualSums('sums of stock by place', 'place', held).differences(groups(sums))
    }

    def "numbers are added up whatever their type, of anything else the different ones are counted, null is nothing"() {
        expect:
        differences([a: [units: [1, 2L, 0.5, null], products: ['x', 'y', 'x']]], [[place: 'a', units: 3.50, products: 2L]]) == []
    }

    def "a group is named by the texts of its row, else by its own value; one that is missing on a side has nothing there"() {
        expect:
        differences([7: [units: [1]], 8: [units: [5]]], [[place: 7, name: 'North', units: 2], [place: 9, name: null, units: 4]]
                .collect { it.findAll { it.value != null } }) ==
                ['North: units 1 in the source, 2 held', 'place 9: units 0 in the source, 4 held', 'place 8: units 5 in the source, 0 held']
    }

    def "rows are compared where there are no records at all; sums of nothing are null for SQL"() {
        expect:
        differences([:], [[place: 1, units: 3], [place: 2, units: null]]) == ['place 1: units 0 in the source, 3 held']
    }

    def "what are no such rows is told: #what"() {
        when:
        differences([a: [units: [1]]], held)

        then:
        def refused = thrown FatalFailure
        refused.message.contains(told)

        where:
        what              | held                        || told
        'no rows'         | 7                           || "actual: must give rows with a column 'place', but gave nothing"
        'no group'        | [[units: 7]]                || "but gave {units=7}"
        'another name'    | [[place: 'a', unit: 1]]     || 'the records have the sums units, but actual: gives unit'
    }
}
