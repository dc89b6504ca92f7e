package dev.backfill.flow

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Row
import spock.lang.Specification

class RowShapesSpec extends Specification {
    def shapes = new RowShapes()

    def "records of the same columns in the same order share them, and others do not"() {
        when:
        def rows = [[id: 1, name: 'a'], [id: 2, name: 'b'], [name: 'c', id: 3], [id: 4]].collect { shapes.row(it) }

        then:
        rows[1].columns().is(rows[0].columns())
        rows*.columns()*.names() == [['id', 'name'], ['id', 'name'], ['name', 'id'], ['id']]
        rows*.get('id') == [1, 2, 3, 4]
    }

    def "a text that is composed is kept as plain text, and null as null"() {
        when:
        def row = shapes.row([name: "item ${1 + 1}", price: null])

        then:
        row.get('name') instanceof String
        row.get('name') == 'item 2'
        row.get('price') == null
    }

    def "a record stays the same, and what is no map is refused with what it is"() {
        given:
        def row = Row.of([id: 1])

        expect:
        shapes.row(row).is(row)

        when:
        shapes.row(7)

        then:
        def e = thrown IllegalArgumentException
        e.message == 'transform must give a map, a list of maps, or null, but gave 7'
    }

    def "a lookup's result is one more column at the end, also if records and lookups change from one to the next"() {
        given:
        def one = shapes.wider(shapes.row([id: 1]), 'shop', 'x')
        def two = shapes.wider(shapes.row([id: 2]), 'shop', null)
        def both = shapes.wider(one, 'owner', 'y')
        def other = shapes.wider(shapes.row([key: 3]), 'shop', 'z')

        expect:
        one.columns().names() == ['id', 'shop']
        [one.get('id'), one.get('shop')] == [1, 'x']
        two.columns().names() == ['id', 'shop']
        [two.get('id'), two.get('shop')] == [2, null]
        both.columns().names() == ['id', 'shop', 'owner']
        [both.get('shop'), both.get('owner')] == ['x', 'y']
        [other.get('key'), other.get('shop')] == [3, 'z']
    }

    def "a lookup does not hide a column that the record has"() {
        when:
        shapes.wider(shapes.row([id: 1, shop: 2]), 'shop', 'x')

        then:
        def e = thrown FatalFailure
        e.message.contains("the record already has a column 'shop'")
    }
}
