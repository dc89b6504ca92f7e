package dev.backfill.layout

import spock.lang.Specification

import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset

class PageSpec extends Specification {
    private static Screen screen(int width, boolean colour = false) {
        new Screen(width, colour, ZoneOffset.UTC)
    }

    def "sections are apart, and sentences are wrapped at words below their first word"() {
        expect:
        new Page(screen(40)).line(0, 'products: one thing').heading('Work').line(2, 'some words that do not fit into one line')
                .item(2, Style.PROBLEM, '!', 'more words that do not fit into one line').text() == '''\
products: one thing

Work
  some words that do not fit into one
    line
  ! more words that do not fit into one
    line'''
    }

    def "a word longer than a line stays whole, and a line that is given stays a line"() {
        expect:
        Wrapping.lines('see ' + 'x' * 60 + '\nthen', 40, '', '  ') == ['see', '  ' + 'x' * 60, '  then']
    }

    def "nothing is wrapped where there is no width"() {
        expect:
        new Page(Screen.unlimited()).line(2, 'word ' * 200).text().readLines().size() == 1
    }

    def "colour is added to the same text"() {
        given:
        def write = { Screen to -> new Page(to).heading('Work').item(2, Style.WARNING, 'warning', 'look at it').text() }

        expect:
        write(screen(80, true)) == '\u001b[1mWork\u001b[0m\n  \u001b[33mwarning\u001b[0m look at it'
        write(screen(80, true)).replaceAll('\u001b\\[[0-9;]*m', '') == write(screen(80))
        DisplayText.width('\u001b[1mWork\u001b[0m') == 4
    }

    def "times are rounded to seconds in the zone of the screen"() {
        expect:
        new Screen(80, false, ZoneId.of(zone)).time(Instant.parse('2026-11-28T11:52:52.922057592Z')) == shown

        where:
        zone               | shown
        'UTC'              | '2026-11-28 11:52:53 UTC'
        'Europe/London'    | '2026-11-28 11:52:53 UTC'
        'America/Santiago' | '2026-11-28 08:52:53 -03:00'
        'Asia/Kolkata'     | '2026-11-28 17:22:53 +05:30'
    }

    def "the width is that of COLUMNS, and without a terminal there is neither width nor colour"() {
        expect:
        with(ScreenDetection.of(terminal, environment)) { width() == columns && colour() == coloured }

        where:
        terminal | environment                                       | columns          | coloured
        true     | [COLUMNS: '130']                                  | 130              | true
        true     | [COLUMNS: '10']                                   | 40               | true
        true     | [COLUMNS: '130', NO_COLOR: '1']                   | 130              | false
        true     | [COLUMNS: '130', NO_COLOR: '']                    | 130              | true
        true     | [COLUMNS: '130', TERM: 'dumb']                    | 130              | false
        false    | [COLUMNS: '80']                                   | 80               | false
        false    | [:]                                               | Screen.UNLIMITED | false
        false    | [COLUMNS: 'wide']                                 | Screen.UNLIMITED | false
    }

    def "values of data are shown on one line, whatever they are made of"() {
        expect:
        DisplayText.printable('a\nb\tc\u001b[31m') == 'a\\nb\\tc\\u001b[31m'
        DisplayText.clip('a long value', 6) == 'a lon…'
        DisplayText.clip('商品商品', 5) == '商品…'
        DisplayText.clip('short', 5) == 'short'
    }
}
