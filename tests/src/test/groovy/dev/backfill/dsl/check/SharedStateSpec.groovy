package dev.backfill.dsl.check

import dev.backfill.dsl.Scripts
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

/** Functions are called by several threads, and a start that goes on finds the variables of the script as it states them. */
class SharedStateSpec extends Specification {
    private static final String WHY = 'which is outside of it: several threads call it, and the next start does not know what it had; '

    @TempDir
    Path folder

    private static String script(String outside, String inside, String below = '') {
        """\
        backfill('demo') {
            about 'y'
            def items = shop().table('items').key('id')
            $outside
            phase('a') {
                source items.select('id', 'price', 'labels')
                $inside
                sink   items.update('price')
            }
            validate { check('sum') { true } }
        }
        $below
        """.stripIndent()
    }

    @Unroll("refused: #inside")
    def "a function that changes a variable of the script is told, with what to use instead"() {
        expect:
        new Scripts(folder).told(script(outside, inside)) == ["7:$column: a function cannot change '$name', $WHY$instead" as String]

        where:
        outside                | inside                                              | column || name
        'def total = 0'        | 'transform { p -> total++; p }'                     | 26     || 'total'
        'def total = 0'        | 'transform { p -> ++total; p }'                     | 28     || 'total'
        'def total = 0'        | 'transform { p -> total += p.price; p }'            | 26     || 'total'
        'def total = 0'        | 'transform { p -> total = total + p.price; p }'     | 26     || 'total'
        'int total = 0'        | 'exclude { p -> total++ > 5 }'                      | 24     || 'total'
        'def last'             | 'reject { p -> last = p.id; null }'                 | 23     || 'last'
        'def last'             | 'count(\'n\') { p -> p.labels.each { last = it }; 1 }' | 43     || 'last'
        'def last'             | 'transform { p -> def n; (last, n) = [1, 2]; p }'   | 34     || 'last'
        'def last'             | 'transform { p -> if (p.id) { last = p.id }; p }'   | 38     || 'last'
        'def seen = []'        | 'transform { p -> seen << p.id; p }'                | 26     || 'seen'
        'def seen = [] as Set' | 'exclude { p -> !seen.add(p.id) }'                  | 25     || 'seen'
        'def seen = new HashSet()' | 'exclude { p -> !seen.add(p.id) }'              | 25     || 'seen'
        'def seen = [:]'       | 'transform { p -> seen[p.id] = 1; p }'              | 26     || 'seen'
        'def seen = [:]'       | 'transform { p -> seen.last = p.id; p }'            | 26     || 'seen'
        'def seen = [n: 0]'    | 'transform { p -> seen.n++; p }'                    | 26     || 'seen'
        'def seen = [n: [:]]'  | 'transform { p -> seen.n.last = p.id; p }'          | 26     || 'seen'
        'def seen = [:]'       | 'transform { p -> seen.put(p.id, 1); p }'           | 26     || 'seen'
        'def seen = [1]'       | 'transform { p -> seen.clear(); p }'                | 26     || 'seen'

        instead = inside =~ /total(\+\+| \+=)|\+\+total/ ? "to add up, write: count('total') { r -> 1 }"
                : "make a variable inside the function, or give the value on in the record: [$name: …]"
    }

    def "the caret stands below the name"() {
        expect:
        new Scripts(folder).mistakes(script('def total = 0', 'transform { p -> total++; p }')).first().readLines().drop(1) == [
            '    7 |         transform { p -> total++; p }',
            '      |                          ^^^^^']
    }

    @Unroll("refused elsewhere: #where")
    def "it is the same in every function that a word is given, and in the script's own methods"() {
        expect:
        new Scripts(folder).told(script('def state = 0', '', below).replace(from, to)).collect { it.replaceAll(/^\d+:\d+: /, '') } == [
            "a function cannot change 'state', ${WHY}make a variable inside the function, or give the value on in the record: [state: …]" as String]

        where:
        where      | from                | to                              | below
        'check'    | '{ true }'          | '{ state++ > 1 }'               | ''
        'beforeRun'| "phase('a')"        | "beforeRun { state = 7 }\nphase('a')" | ''
        'only:'    | "update('price')"   | "update('price'), only: { p -> (state = p.price) < 9 }" | ''
        'a method' | 'def state = 0'     | ''                              | '@groovy.transform.Field int state = 0\nint next() { state = state + 1 }'
    }

    @Unroll("allowed: #inside")
    def "what a function keeps for itself, and what is done once when the script is read, is no mistake"() {
        expect:
        new Scripts(folder).told(script(outside, inside)) == []

        where:
        outside                                        | inside
        ''                                             | 'transform { p -> def total = 0; p.labels.each { total += it }; [id: p.id, price: total] }'
        ''                                             | 'transform { p -> def seen = [:]; seen[p.id] = 1; seen.n = 2; seen.put(1, 2); [id: p.id, price: seen.n] }'
        'def total = 0'                                | 'transform { p -> def total2 = total + 1; [id: p.id, price: total2] }'
        'def labels = [:]'                             | 'transform { p -> [id: p.id, price: labels[p.id] ?: labels.other] }'
        "def names = []\n['a', 'b'].each { names << it }" | 'transform { p -> p }'
        "int sum = 0\n[1, 2].each { sum += it }"       | 'transform { p -> p }'
        "def sum = [1, 2].inject(0) { all, one -> all += one }" | 'transform { p -> p }'
        'def counter = new java.util.concurrent.atomic.AtomicLong()' | 'transform { p -> counter.set(1); p }'
    }
}
