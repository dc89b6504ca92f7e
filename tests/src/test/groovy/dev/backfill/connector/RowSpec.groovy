package dev.backfill.connector

import spock.lang.Specification

/** A record is a map like any other, but for the columns that it does not have. */
class RowSpec extends Specification {
    private static final List<Map<String, Object>> MAPS = [[:], [a: 1], [b: 1], [a: 2], [a: null], [b: null], [a: 1, b: 2],
        [b: 2, a: 1], [a: 1, c: 2], [c: 1, d: 2], [a: null, b: null], [a: 1, b: 2, c: 3], [a: 'x'.bytes]]

    def "records are equal exactly where ordinary maps are, and have the same hash then"() {
        expect:
        [MAPS, MAPS].combinations().every { one, other ->
            def same = new LinkedHashMap(one) == new LinkedHashMap(other)
            [[Row.of(one), Row.of(other)], [Row.of(one), other], [one, Row.of(other)]].every { left, right ->
                left.equals(right) == one.equals(other) && (!left.equals(right) || left.hashCode() == right.hashCode())
            } && same == one.equals(other)
        }
        !Row.of(a: 1).equals(null)
        !Row.of(a: 1).equals('a')
    }

    def "records can be the keys of a map, whatever their columns"() {
        given:
        def keyed = new HashMap<Map, Integer>()

        when: 'also those whose hashes are the same'
        MAPS.eachWithIndex { map, i -> keyed.put(Row.of(map), i) }
        keyed.put(Row.of(Aa: 1), 100)
        keyed.put(Row.of(BB: 1), 101)

        then:
        keyed.size() == MAPS.toSet().size() + 2
        keyed[Row.of(Aa: 1)] == 100
        keyed[Row.of(BB: 1)] == 101
    }

    def "a column that is not there is an error, unless a default is asked for"() {
        given:
        def row = Row.of(a: 1, b: null)

        expect:
        row.getOrDefault('a', 7) == 1
        row.getOrDefault('b', 7) == null
        row.getOrDefault('c', 7) == 7

        when:
        row.get('c')

        then:
        thrown(UnknownColumnException)
    }
}
