package dev.backfill.layout

import spock.lang.Specification

import static dev.backfill.layout.Table.Column.left
import static dev.backfill.layout.Table.Column.right

class TableSpec extends Specification {
    private static String table(int width, List<List<String>> rows) {
        def table = Table.of(left('phase'), right('rows'), left('from'))
        rows.each { table.row(it as String[]) }
        table.lines(screen(width), 2).join('\n')
    }

    private static Screen screen(int width) {
        new Screen(width, false, java.time.ZoneOffset.UTC)
    }

    def "text is at the left and numbers at the right"() {
        expect:
        table(80, [['products', '1,200', 'here'], ['lots', '7', 'there']]) == '''\
  phase      rows  from
  products  1,200  here
  lots          7  there'''
    }

    def "columns of text shrink and wrap at words, numbers never do"() {
        expect:
        table(40, [['products', '1,200,000', 'a long text that has to be wrapped']]) == '''\
  phase          rows  from
  products  1,200,000  a long text that
                       has to be wrapped'''
    }

    def "a wide character takes two columns, and a word that is too long is broken"() {
        expect:
        table(80, [['商品', '1', 'x'], ['e\u0301te', '2', 'y']]) == '''\
  phase  rows  from
  商品      1  x
  e\u0301te       2  y'''
        table(40, [['a', '1', 'x' * 60]]).readLines()*.size().max() <= 40
    }

    def "a column shrinks no further than its longest word as long as another can"() {
        expect:
        table(50, [['search-only', '1', 'the whole of a table that has a long name']]) == '''\
  phase        rows  from
  search-only     1  the whole of a table that has
                     a long name'''
    }

    def "a column without a title and without a text takes no room"() {
        expect:
        Table.of(left(''), right(''), left('')).row('a', '', 'b').row('c', '', 'd').lines(screen(80), 0) == ['a  b', 'c  d']
    }

    def "without titles there is no line of them"() {
        expect:
        Table.of(left(''), left('')).row('a', 'b').lines(screen(80), 0) == ['a  b']
    }

    def "a row with another number of cells is refused"() {
        when:
        Table.of(left('a')).row('1', '2')

        then:
        thrown(IllegalArgumentException)
    }
}
