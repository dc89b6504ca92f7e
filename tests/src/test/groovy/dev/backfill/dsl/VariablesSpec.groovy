package dev.backfill.dsl

import dev.backfill.plan.ScriptException
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Files
import java.nio.file.Path

class VariablesSpec extends Specification {
    private static final String PHASE = "phase('a') { source items.select('id'); sink items.update('id') }"

    @TempDir
    Path folder

    private List<Path> folders() { ['here', 'script'].collect { Files.createDirectories(folder.resolve(it)) } }

    def "the real environment wins over the named one's file, and that over .env"() {
        given:
        def (here, script) = folders()
        Files.writeString(here.resolve('.env'), 'A=env\nB=env\nC=env\n')
        Files.writeString(here.resolve('.env.test'), 'A=test\nB=test\n')

        expect:
        Variables.read([A: 'real'], Optional.of('test'), [here, script]).values() == [A: 'real', B: 'test', C: 'env']
    }

    def "a file in the working directory wins over one beside the script"() {
        given:
        def (here, script) = folders()
        Files.writeString(script.resolve('.env'), 'A=script\n')
        Files.writeString(script.resolve('.env.test'), 'B=script\n')

        expect:
        Variables.read([:], Optional.of('test'), [here, script]).values() == [A: 'script', B: 'script']

        when:
        Files.writeString(here.resolve('.env'), 'A=here\n')

        then:
        Variables.read([:], Optional.of('test'), [here, script]).values() == [A: 'here', B: 'script']
    }

    def "an environment without a file is a problem, since a misspelt one must not run against another's servers"() {
        given:
        def (here, script) = folders()

        expect:
        Variables.read([:], Optional.of('prodution'), [here, script]).problems() ==
                ["the environment 'prodution' has no file .env.prodution in $here or $script; create it, even if it is empty" as String]
        Variables.read([:], Optional.empty(), [here, script]).problems() == []
    }

    def "a file that cannot be read is a problem that does not show what is in it"() {
        given:
        def (here, script) = folders()
        Files.writeString(here.resolve('.env'), 'this is no variable: s3cret\n')

        when:
        def problems = Variables.read([:], Optional.empty(), [here, script]).problems()

        then:
        problems == ["${here.resolve('.env')}: line 1 is not NAME=value" as String]
    }

    def "every problem names its file, and all files are read"() {
        given:
        def (here, script) = folders()
        Files.writeString(here.resolve('.env'), '# fine\nA=1\nB="never closed\n')
        Files.writeString(script.resolve('.env.test'), 'C=\'x\' y\n')

        expect:
        Variables.read([:], Optional.of('test'), [here, script]).problems() ==
                ["${here.resolve('.env')}: line 3 opens a quote that is never closed" as String,
                 "${script.resolve('.env.test')}: line 1 has something after the closing quote" as String]
    }

    def "all missing and malformed variables and options of a script are told together"() {
        when:
        def program = new Scripts(folder).backfill('''
            about 'y'
            def items = shop(secret('SHOP_KEY')).table(env('TABLE')).key('id')
            batch    env('SIZE', 10)
            throttle { pause option('wait', 1.5, 'seconds') }
            phase('a') {
                when   option('wanted', false, 'or not')
                source items.select('id')
                sink   items.update('id')
            }
            ''', [SIZE: 'big'], ['--wait=long', '--wanted'])

        then:
        program.problems() == ['missing variables: SHOP_KEY, TABLE; set them in the environment or in a file .env',
                               "SIZE must be a whole number, but is 'big'", "--wait must be a number, but is 'long'"]
        program.backfill().batch() == 10
        program.backfill().options()*.name() == ['wait', 'wanted']
        program.backfill().phases()[0].wanted()
    }

    @Unroll("#line")
    def "a variable without a default stands where a number or a flag is wanted, and is read as one"() {
        expect:
        new Scripts(folder).backfill("about 'y'\ndef items = shop().table('items').key('id')\n$line\n$PHASE", [N: text]).with { found(it.backfill()) } == expected

        when: 'it is missing, as others are'
        def missing = new Scripts(folder).backfill("about 'y'\ndef items = shop().table(env('TABLE')).key('id')\n$line\n$PHASE", [:]).problems()

        then:
        missing == ['missing variables: TABLE, N; set them in the environment or in a file .env']

        when: 'it is nothing of that kind'
        def malformed = new Scripts(folder).backfill("about 'y'\ndef items = shop().table('items').key('id')\n$line\n$PHASE", [N: 'x7']).problems()

        then:
        malformed == ["N must be $kind, but is 'x7'" as String]

        where:
        line                                                | text   | kind             | found                                        || expected
        "batch env('N')"                                    | '250'  | 'a whole number' | { it.batch() }                               || 250
        "def size = env('N')\nbatch size"                   | '250'  | 'a whole number' | { it.batch() }                               || 250
        "batch env('N'), target: 2"                         | '250'  | 'a whole number' | { it.batch() }                               || 250
        "batch 10, target: env('N')"                        | '2.5'  | 'a number'       | { it.throttle()*.target()*.toMillis() }      || [2500L]
        "throttle { pause env('N') }"                       | '0.5'  | 'a number'       | { it.throttle()*.time()*.toMillis() }        || [500L]
        "throttle { rate env('N'), per: 'minute' }"         | '30'   | 'a number'       | { it.throttle()*.most() }                    || [30.0d]
        "throttle { nice env('N') }"                        | '0.5'  | 'a number'       | { it.throttle()*.share() }                   || [0.5d]
        "deadLetters atMost: env('N')"                      | '7'    | 'a number'       | { it.deadLetters().atMost().asLong }         || 7L
        "ensure items.add('text', 'x'), when: env('N')"     | 'true' | 'true or false'  | { it.requirements().size() }                 || 1
    }

    def "what stands in for a missing variable is never blamed for what it is: all that are missing are reported"() {
        when:
        new Scripts(folder).backfill("about 'y'\ndef items = shop().table(env('TABLE')).key('id')\n$line\n$PHASE")

        then:
        def e = thrown ScriptException
        e.mistakes() == ['missing variables: TABLE, N; set them in the environment or in a file .env']

        where:
        line << ["batch env('N').toInteger()", "throttle { window env('N') }"]
    }
}
