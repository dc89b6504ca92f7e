package dev.backfill.dsl

import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

/** A script that cannot be parsed is told by the place to correct, and never printed as a whole. */
class UnclosedScriptSpec extends Specification {
    static final String SCRIPT = '''\
        // a user's backfill: "quotes' and {braces in comments do not count
        backfill('sizes') {
            about 'writes the size of every label: {'

            def db    = postgres()
            def items = db.table('items').key('id')

            checkpoint db
            throttle {
                pause 1.0
            }

            phase('sizes') {
                source    items.select('id', 'label')
                transform { i ->
                    [id: i.id, size: "${i.label.replaceAll(/[({]/, '')}".size()]
                }
                sink      items.update('size')
            }
        }

        /** Not {closed. */
        int sizeOf(Map row) {
            row.label.size() / 2
        }
        '''.stripIndent()

    /** Groovy's parser itself prints this of a text with an expression that is not closed. */
    static final String PARSER = 'unknown recognition error type: '

    @TempDir
    Path folder

    private Map run(String script, String command) {
        def file = new Scripts(folder).write('sizes.groovy', script)
        def err = System.err
        def told = new ByteArrayOutputStream()
        System.err = new PrintStream(told, true, 'UTF-8')
        try {
            [code: Launch.run(file, [command], [:]), err: told.toString('UTF-8').readLines().findAll { !it.startsWith(PARSER) }]
        } finally {
            System.err = err
        }
    }

    def "#change is told as #place #message, with exit 2 and without the script: #command"() {
        given:
        assert SCRIPT.count(was) == 1

        when:
        def ran = run(SCRIPT.replace(was, is), command)

        then:
        ran.code == 2
        ran.err[0] == "sizes.groovy:$place: $message"
        ran.err.size() == 4
        ran.err[3] == '1 mistake; nothing was run'

        where:
        [change, was, is, place, message, command] << [
            ["a brace of a phase missing", "items.update('size')\n    }\n", "items.update('size')\n", '13:20', "phase('sizes') { is not closed: its '}' is missing"],
            ["a brace of a throttle missing", "1.0\n    }\n", "1.0\n", '9:14', "throttle { is not closed: its '}' is missing"],
            ["a brace of a function missing", "'')}\".size()]\n        }\n", "'')}\".size()]\n", '15:19', "transform { is not closed: its '}' is missing"],
            ["the last brace of the block missing", "}\n\n/** Not", "\n/** Not", '2:19', "backfill('sizes') { is not closed: its '}' is missing"],
            ["the last brace of a method missing", "size() / 2\n}", "size() / 2\n", '23:21', "int sizeOf(Map row) { is not closed: its '}' is missing"],
            ["a brace too many", "pause 1.0\n    }\n", "pause 1.0\n    }\n    }\n", '12:5', "unexpected '}': there is nothing left to close here"],
            ["a brace too many at the end", "size() / 2\n}", "size() / 2\n}\n}", '26:1', "unexpected '}': there is nothing left to close here"],
            ["a round bracket missing", "select('id', 'label')", "select('id', 'label'", '14:31', "this '(' is not closed: its ')' is missing"],
            ["a round bracket too many", "select('id', 'label')", "select('id', 'label'))", '14:46', "unexpected ')': there is nothing left to close here"],
            ["a square bracket missing", ".size()]", ".size()", '16:13', "this '[' is not closed: its ']' is missing"],
            ["a quote missing", "key('id')", "key('id)", '6:39', "the text that begins here is not closed: its ' is missing"],
            ["a quote missing at the beginning", "key('id')", "key(id')", '6:41', "the text that begins here is not closed: its ' is missing"],
            ["a double quote missing", "\".size()", ".size()", '16:30', "the text that begins here is not closed: its \" is missing"],
            ["a comment not closed", "closed. */", "closed.", '22:1', "the comment that begins here is not closed: its */ is missing"],
            ["a comma missing in a call", "'id', 'label'", "'id' 'label'", '14:37', "unexpected 'label'; a comma, an operator or a bracket may be missing before it"],
            ["a comma missing in a map", "i.id, size", "i.id size", '16:23', "unexpected 'size'; a comma, an operator or a bracket may be missing before it"],
        ].collectMany { row -> ['check', 'run'].collect { row + it } }
    }

    def "a script whose brackets are closed has no such mistake"() {
        expect:
        dev.backfill.dsl.mistake.Brackets.mistake(dev.backfill.dsl.mistake.ScriptText.of('x.groovy', SCRIPT)).empty
    }

    def "the scripts that are shipped have no such mistake: #file"() {
        expect:
        dev.backfill.dsl.mistake.Brackets.mistake(dev.backfill.dsl.mistake.ScriptText.of(file)).empty

        where:
        file << new File('../scripts').listFiles().findAll { it.name.endsWith('.groovy') }*.toPath()
    }
}
