package dev.backfill.dsl.check

import dev.backfill.dsl.Launch
import dev.backfill.dsl.Scripts
import groovy.json.JsonSlurper
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Matcher
import java.util.regex.Pattern

/** Ten mistakes of every kind in one script. */
class TenMistakesSpec extends Specification {
    private static final String SCRIPT = '''\
        backfill('demo') {
            abuot 'words misspelt, swapped, with a wrong argument, or in a wrong block'
            def items  = shop(secret('SHOP_URL')).tabel('items').key('id')
            def things = shop(secret('SHOP_URL')).table('things').key('id')
            batch      'many'
            pause      1.0
            throttle   { paus 1.0 }
            checkpoint = shop()

            phase('copy') {
                source    things.select('id', 'label'), curser: 'last_id'
                transform { t -> [id: t.id, label: t.lable] }
                sink      thing.update('label')
                sink      things.update('label'), only: true
            }
        }
        '''.stripIndent()
    private static final List<String> TOLD = [
            "2:5: unknown word 'abuot' in backfill, did you mean 'about'?",
            "3:43: a shop has no 'tabel', did you mean 'table'?",
            "5:5: 'batch' cannot take (text); write: batch 1000",
            "6:5: 'pause' is no word of backfill; it belongs in throttle { }",
            "7:18: unknown word 'paus' in throttle, did you mean 'pause'?",
            "8:5: 'checkpoint' is not assigned; write: checkpoint mongodb().collection('progress')",
            "11:49: 'source' has no 'curser:', did you mean 'cursor:'?",
            "12:46: the record has no column 'lable', did you mean 'label'? (columns: id, label)",
            "13:19: undeclared variable 'thing', did you mean 'things'?",
            "14:43: 'only:' takes a function: { r -> … }"]

    @TempDir
    Path folder

    def "ten mistakes are told in one go, each with line, column and what was meant"() {
        expect:
        new Scripts(folder).told(SCRIPT) == TOLD
    }

    def "each mistake shows its line and points at the place"() {
        when:
        def first = new Scripts(folder).mistakes(SCRIPT)[1]

        then:
        first == """\
            demo.groovy:3:43: a shop has no 'tabel', did you mean 'table'?
                3 |     def items  = shop(secret('SHOP_URL')).tabel('items').key('id')
                  |                                           ^^^^^""".stripIndent()
    }

    def "the real script with ten mistakes tells them on standard error with exit code 2, and connects to none of its servers"() {
        given: 'servers that listen where its variables say'
        def servers = (1..3).collect { new ServerSocket(0).tap { soTimeout = 1 } }
        def (postgres, mongo, search) = servers*.localPort*.toString()
        def variables = [DB_HOST: 'localhost', DB_PORT: postgres, DB_DATABASE: 'd', DB_USER: 'u', DB_PASSWORD: 'p',
                         MONGO_URI: "mongodb://localhost:$mongo" as String,
                         TYPESENSE_HOST: 'localhost', TYPESENSE_PORT: search, TYPESENSE_API_KEY: 'k']
        def script = [
                "about '": "abuot '", '.key(': '.kee(', "document 'b": "dokument 'b", 'batch    env': 'bach    env',
                'pause env': 'pause secret', 'ensure   search': 'ensure   serch', 'p.created_at': 'p.createdat',
                "on: 'id'": "on: 'ids'", 'repeatUntilStable()': 'repeatUntilStable', 'countAs: \'repaired\'': 'conutAs: \'repaired\'',
        ].inject(Files.readString(Path.of('../scripts/inventory-fields.groovy'))) { text, right, wrong ->
            assert text.contains(right)
            text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))
        }

        when:
        def told = capture { Launch.run(new Scripts(folder).write(script), [], variables) }

        then:
        told.code == 2
        told.out.empty
        told.err.readLines().count { it.startsWith('demo.groovy:') } == 10
        told.err.readLines().last() == '10 mistakes; nothing was run'
        servers.every { !accepts(it) }

        cleanup:
        servers*.close()
    }

    def "with --json they are one object on standard output"() {
        when:
        def told = capture { Launch.run(new Scripts(folder).write(SCRIPT), ['run', '--json'], [:]) }
        def mistakes = new JsonSlurper().parseText(told.out).mistakes

        then:
        told.code == 2
        told.err.empty
        mistakes.collect { "$it.line:$it.column: $it.message" as String } == TOLD
        mistakes[0].source == "    abuot 'words misspelt, swapped, with a wrong argument, or in a wrong block'"
        mistakes*.file.unique() == ['demo.groovy']
    }

    def "a script that is no Groovy is told in the same form"() {
        when:
        def told = capture { Launch.run(new Scripts(folder).write("backfill('x') {\n    about 'y'\n    batch = )\n}\n"), [], [:]) }

        then:
        told.code == 2
        told.err.readLines()[0] == "demo.groovy:3:13: unexpected ')': there is nothing left to close here"
        told.err.readLines()[1] == "    3 |     batch = )"
    }

    private static boolean accepts(ServerSocket server) {
        try {
            server.accept().close()
            true
        } catch (SocketTimeoutException ignored) {
            false
        }
    }

    private static Map capture(Closure<Integer> run) {
        def (out, err) = [System.out, System.err]
        def (printed, told) = [new ByteArrayOutputStream(), new ByteArrayOutputStream()]
        System.out = new PrintStream(printed, true, 'UTF-8')
        System.err = new PrintStream(told, true, 'UTF-8')
        try {
            def code = run()
            [code: code, out: printed.toString('UTF-8'), err: told.toString('UTF-8')]
        } finally {
            System.out = out
            System.err = err
        }
    }
}
