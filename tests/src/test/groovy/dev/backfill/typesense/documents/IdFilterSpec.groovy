package dev.backfill.typesense.documents

import spock.lang.Specification

class IdFilterSpec extends Specification {
    static String decoded(String filter) {
        URLDecoder.decode(filter, 'UTF-8')
    }

    def 'ids that are no plain words stand between backticks'() {
        expect:
        IdFilter.of(['a', 'x-1_Z', 'a b', 'ü', 'a,b'], 1000).collect { decoded(it) } == ['id:[a,x-1_Z,`a b`,`ü`,`a,b`]']
        IdFilter.of([], 1000) == []
    }

    def 'what comes out can stand in a URL, and is no longer than asked for, but holds every id once'() {
        given:
        def ids = (1..500).collect { it % 7 ? "id-$it".toString() : "né $it".toString() }

        when:
        def filters = IdFilter.of(ids, longest)

        then:
        filters.every { URI.create("http://h/x?filter_by=$it") && it.length() <= longest }
        filters.collectMany { decoded(it)[4..-2].split(',').toList() }*.replace('`', '') == ids
        longest < 1000 || filters.size() == Math.ceil((filters.sum { it.length() } as int) / longest)

        where:
        longest << [30, 100, 1000, 4000]
    }

    def 'an id that is too long gets a filter of its own'() {
        expect:
        IdFilter.of(['a', 'x' * 100, 'b'], 50)*.length() == [12, 111, 12]
    }

    def 'an id that a filter would take for another is known: #id'() {
        expect:
        IdFilter.canName(id) == can

        where:
        id << ['a', '1', 'a b', '[a]', 'a,b', '`', 'a`b', 'a\\', '\\a', ' a', 'a ', '\u00a0a', 'a\u3000', 'a\tb', '\u0000', '']
        can << [true] * 5 + [false] * 11
    }
}
