package dev.backfill.connector

import spock.lang.Specification

import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** What every lookup promises. A spec of a lookup extends it and says how records get there. */
abstract class LookupContract extends Specification {
    /** Opens a lookup over exactly the records of these numbers. */
    abstract Lookup lookupOver(Collection<Integer> numbers)

    /** The text by which the record of this number is found. */
    abstract String value(int number)

    /** What a record that was found says about its number. */
    abstract Object found(int number)

    /** The same of a record that was found. */
    abstract Object shown(Row row)

    /** Texts that no record can have. */
    List<String> impossible() { ['', ' ', 'nowhere', "' or true --", '\u0000', '1' * 300] }

    def "what is there is found by the text that was asked for, and what is not is left out"() {
        when:
        def answer = lookupOver([1, 2, 3]).find([value(3), value(7), value(1)])

        then:
        all(answer) == [(value(1)): found(1), (value(3)): found(3)]
    }

    def "nothing is found for nothing, and where nothing is"() {
        expect:
        lookupOver([1]).find([]) == [:]
        lookupOver([]).find([value(1)]) == [:]
    }

    def "a text that no record can have is not found, and spoils nothing: '#text'"() {
        expect:
        all(lookupOver([1, 2]).find([value(1), text])) == [(value(1)): found(1)]

        where:
        text << impossible()
    }

    def "a value that is asked for twice is found once"() {
        expect:
        all(lookupOver([1, 2]).find([value(2), value(2)])) == [(value(2)): found(2)]
    }

    def "looking again gives the same"() {
        given:
        def lookup = lookupOver([1, 2])

        expect:
        (1..3).every { all(lookup.find([value(1), value(2), value(3)])) == [(value(1)): found(1), (value(2)): found(2)] }
    }

    def "many values go together"() {
        given:
        def lookup = lookupOver((1..2000).toList())

        expect:
        all(lookup.find((1..4000).collect { value(it) })) == (1..2000).collectEntries { [value(it), found(it)] }
    }

    def "several batches may ask at the same time"() {
        given:
        def lookup = lookupOver((1..50).toList())
        def threads = Executors.newFixedThreadPool(4)

        when:
        def answers = threads.invokeAll((1..50).collect { number -> { -> all(lookup.find([value(number)])) } as Callable })*.get()

        then:
        answers == (1..50).collect { [(value(it)): found(it)] }

        cleanup:
        threads.shutdownNow()
    }

    protected Map<String, Object> all(Map<String, Row> found) {
        found.collectEntries { value, row -> [value, shown(row)] }
    }
}
