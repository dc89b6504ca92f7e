package dev.backfill.dsl

import spock.lang.Specification
import spock.lang.Unroll

class ScriptOptionsSpec extends Specification {
    @Unroll("#arguments with the default #otherwise")
    def "an option's value is read as its default's type"() {
        expect:
        new ScriptOptions(new Arguments(arguments)).value('size', otherwise, 'how big') == value

        where:
        arguments                              | otherwise || value
        []                                     | 5         || 5
        ['run', '--size', '7']                 | 5         || 7
        ['--size=7', 'run', '--size=8']        | 5         || 8
        ['--size', '2.5']                      | 1.5       || 2.5
        ['--size', '7']                        | 'all'     || '7'
        ['--size=']                            | 'all'     || 'all'
        ['--sizes', '7']                       | 5         || 5
        ['--size', 'a', '--size=b']            | []        || ['a', 'b']
        []                                     | ['x']     || ['x']
        ['--size', 'false']                    | true      || false
        ['--size', 'run']                      | false     || true
        ['--', '--size', '7']                  | 5         || 5
    }

    def "the same option may be read twice, but not with another default"() {
        given:
        def options = new ScriptOptions(new Arguments([]))

        when:
        options.value('size', 5, 'how big')
        options.value('size', 5, '')

        then:
        options.declared()*.help() == ['how big']

        when:
        options.value('size', 6, '')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "the option 'size' is declared twice, with the defaults 5 and 6"
    }

    @Unroll("no name: '#name'")
    def "a name that no command line can have is refused"() {
        when:
        new ScriptOptions(new Arguments([])).value(name, 1, '')

        then:
        thrown(IllegalArgumentException)

        where:
        name << ['--size', 'Size', 'the size', '', '-', 'a--b']
    }
}
