package dev.backfill.dsl.check

import dev.backfill.dsl.Scripts
import org.codehaus.groovy.control.CompilerConfiguration
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

class CheckerSpec extends Specification {
    private static final String COMPLETE = '''\
        about 'renames things'
        def items = shop().table('items').key('id')
        '''.stripIndent()
    private static final String PHASE = "phase('a') { source items.select('id'); sink items.update('id') }\n"

    @TempDir
    Path folder

    @Unroll("in a backfill: #message")
    def "a mistake in the backfill block is told with its place"() {
        expect: 'two lines stand above the one with the mistake'
        new Scripts(folder).told("backfill('demo') {\n$COMPLETE$line\n$PHASE}\n") == ["4:$column: $message" as String]

        where:
        line                                     | column || message
        "bach 10"                                | 1      || "unknown word 'bach' in backfill, did you mean 'batch'?"
        "about 'again'"                          | 1      || "'about' is given twice in backfill"
        "batch 'many'"                           | 1      || "'batch' cannot take (text); write: batch 1000"
        "batch 1.5"                              | 1      || "'batch' cannot take (number); write: batch 1000"
        "batch 10, 20"                           | 1      || "'batch' cannot take (whole number, whole number); write: batch 1000"
        "batch"                                  | 1      || "'batch' needs a value; write: batch 1000"
        "batch()"                                | 1      || "'batch' needs a value; write: batch 1000"
        "batch = 10"                             | 1      || "'batch' is not assigned; write: batch 1000"
        "bach = 10"                              | 1      || "undeclared variable 'bach', did you mean 'batch'?"
        "batch siez"                             | 7      || "undeclared variable 'siez'"
        "batch env('SIZE', 'big')"               | 1      || "'batch' cannot take (text); write: batch 1000"
        "def batch = 10"                         | 5      || "a variable must not be called like the word 'batch'"
        "checkpoint items"                       | 1      || "'checkpoint' cannot take (a table); write: checkpoint mongodb().collection('progress')"
        "checkpoint { }"                         | 1      || "'checkpoint' cannot take ({ … }); write: checkpoint(mongodb().collection('progress')) { document 'backfill_products' }"
        "transform { p -> p }"                   | 1      || "'transform' is no word of backfill; it belongs in phase { }"
        "pause 1"                                | 1      || "'pause' is no word of backfill; it belongs in throttle { }"
        "phase 'b'"                              | 1      || "'phase' cannot take (text); write: phase('products') { source …; transform { p -> … }; sink … }"
        "throttle { paus 1 }"                    | 12     || "unknown word 'paus' in throttle, did you mean 'pause'?"
        "throttle { rate 1, pre: 'day' }"        | 20     || "'rate' has no 'pre:', did you mean 'per:'?"
        "throttle { rate 1, unit: 'day' }"       | 20     || "'rate' has no 'unit:'; it has per:"
        "throttle { rate 1, per: 'minuet' }"     | 25     || "'minuet' is not known here, did you mean 'minute'?"
        "throttle { rate 1, per: 5 }"            | 20     || "'per:' takes a text"
        "ensure items.add('bigin', 'x')"         | 18     || "'bigin' is not known here, did you mean 'bigint'?"
        "ensure items.add('blob', 'x')"          | 18     || "'blob' is not known here; it can be bigint, text"
        "ensure items.add('text', 'x').optonal()" | 31     || "fields has no 'optonal', did you mean 'optional'?"
        "ensure items.add('text', 'x'), when: 3" | 32     || "'when:' takes true or false"
        "validate { compareSums('p', actual: { [] }) { r -> [n: 1] } }" | 29 || "'compareSums' needs 'by:'"
        "validate { compareSums('p', by: 'id', actual: 3) { r -> [n: 1] } }" | 39 || "'actual:' takes a function: { … }"
        "validate { compareSums('p', by: 'id', actual: { itms }) { r -> [n: 1] } }" | 49 || "undeclared variable 'itms', did you mean 'items'?"
        "println 'hello'"                        | 1      || "no 'println' in a script: the runtime reports what happens"
        "sleep 1000"                             | 1      || "no 'sleep' in a script: the runtime waits; write: throttle { pause 1.0 }"
        "if (true) { batch 10 }"                 | 1      || "no 'if' in backfill: a script only declares; put logic in a method below the block"
        "for (x in [1]) { }"                     | 1      || "no 'for' in backfill: a script only declares; put logic in a method below the block"
        "while (false) { }"                      | 1      || "no 'while' in backfill: a script only declares; put logic in a method below the block"
        "try { } finally { }"                    | 1      || "no 'try' in backfill: a script only declares; put logic in a method below the block"
        "switch (1) { case 1: break }"           | 1      || "no 'switch' in backfill: a script only declares; put logic in a method below the block"
        "def other = itms.by('id')"              | 13     || "undeclared variable 'itms', did you mean 'items'?"
        "def other = shp()"                      | 13     || "unknown word 'shp' in backfill, did you mean 'shop'?"
        "def other = shop(5)"                    | 13     || "'shop' cannot take (whole number); write: shop()"
        "def other = shop(env('URL'))"           | 13     || "'shop' cannot take (text); it may contain a password, so it must be a secret: write secret('URL') there"
        "def other = shop(env('URL', 'a://b'))"  | 13     || "'shop' cannot take (text); it may contain a password, so it must be a secret: write secret('URL') there"
        "def other = shop('a://u:p@h')"          | 13     || "'shop' cannot take (text); it may contain a password, so it must be a secret: write secret('NAME_OF_A_VARIABLE') there"
        "def other = items.selct('id')"          | 19     || "a table has no 'selct', did you mean 'select'?"
        "def other = items.select"               | 19     || "a table has no 'select'; it is a word, and needs a value"
        "def other = firestore()"                | 13     || "'firestore' comes with another module; add the line: //DEPS dev.backfill:backfill-firestore:<version>"
        "def when = now()"                       | 12     || "'now' is known only inside beforeRun { } or a function"
        "def rows = shop().sql.rows('select 1')" | 19     || "'sql' runs only inside beforeRun { } or a function"
        "def key = secret('KEY').reveal()"       | 25     || "a secret has no 'reveal'"
        "backfill('b') { }"                      | 1      || "'backfill' is used by itself, outside of every block"
        "fair('b') { stalls 1 }"                 | 1      || "'fair' is used by itself, outside of every block"
        "beforeRun { Strin x = 'a' }"            | 13     || "unknown class 'Strin', did you mean 'String'?"
        "beforeRun { shop().tabel('x') }"        | 20     || "a shop has no 'tabel', did you mean 'table'?"
        "beforeRun { Strng.valueOf(1) }"         | 13     || "undeclared variable 'Strng', did you mean 'String'?"
        "beforeRun { x = 5 }"                    | 13     || "undeclared variable 'x'"
        "checkpoint(shop()) { counters 'lost' }" | 31     || "nothing is counted as 'lost'; name it at a sink: sink …, countAs: 'lost'"
        "checkpoint(shop()) { docment 'lost' }"  | 22     || "unknown word 'docment' in checkpoint, did you mean 'document'?"
    }

    @Unroll("in a phase: #message")
    def "a mistake in a phase is told with its place"() {
        given:
        def phase = "phase('a') {\n    source items.select('id', 'label')\n$line\n}\n"

        expect: 'five lines stand above the one with the mistake'
        new Scripts(folder).told("backfill('demo') {\n$COMPLETE$phase}\n") == ["6:$column: $message" as String]

        where:
        line                                                            | column || message
        "sink items.update('id'), onyl: true"                           | 26     || "'sink' has no 'onyl:', did you mean 'only:'?"
        "sink items.update('id'), only: true"                           | 26     || "'only:' takes a function: { r -> … }"
        "sink items.update('id'), only: { r -> r.lable }"               | 41     || "the record has no column 'lable', did you mean 'label'? (columns: id, label)"
        "sink items.update('lable')"                                    | 19     || "the sink writes 'lable', but the source does not read it, did you mean 'label'?"
        "sink items"                                                    | 1      || "'sink' cannot take (a table); write: sink search.update('name'), countMissingAs: 'missing_in_search'"
        "sink { }"                                                      | 1      || "'sink' cannot take ({ … }); write: sink search.update('name'), countMissingAs: 'missing_in_search'"
        "exclude items.by('id'); sink items.update('id')"               | 1      || "'exclude' cannot take (a lookup); write: exclude products.by('id'), on: 'id'"
        "exclude items.by('id'), on: 'idd'; sink items.update('id')"    | 29     || "the record has no column 'idd', did you mean 'id'? (columns: id, label)"
        "exclude { r -> r.labl }; sink items.update('id')"              | 18     || "the record has no column 'labl', did you mean 'label'? (columns: id, label)"
        "exclude { it.labl }; sink items.update('id')"                  | 14     || "the record has no column 'labl', did you mean 'label'? (columns: id, label)"
        "count('n') { r -> r['labl'] }; sink items.update('id')"        | 21     || "the record has no column 'labl', did you mean 'label'? (columns: id, label)"
        "count { r -> 1 }; sink items.update('id')"                     | 1      || "'count' cannot take ({ … }); write: count('lots') { r -> r.lots.size() }"
        "lookup 'x', items.by('id'), orReject: 'no'; sink items.update('id')" | 29 || "'lookup' needs 'on:'"
        "transform { r -> [id: r.id, lbel: 1] }; sink items.update('label')" | 29 || "no sink writes 'lbel', did you mean 'label'?"
        "transform { r -> [id: r.id] }; sink items.update('label')"     | 50     || "the sink writes 'label', but the transform does not give it"
        "transform { r -> [id: rr.id] }; sink items.update('id')"       | 23     || "undeclared variable 'rr', did you mean 'r'?"
        "transform { r -> r.id = 5 }; sink items.update('id')"          | 20     || "a record cannot be changed; give a new map: [id: …, id: …]"
        "transform { r -> [id: tidi(r)] }; sink items.update('id')"     | 23     || "unknown word 'tidi' in a function"
        "transform { r -> [id: batch(r)] }; sink items.update('id')"    | 23     || "'batch' is no word of a function; it belongs in backfill { } or phase { }"
        "transform { r -> r }; transform { r -> r }; sink items.update('id')" | 23 || "'transform' is given twice in phase"
        "repeatUntilStable; sink items.update('id')"                    | 1      || "'repeatUntilStable' needs (); write: repeatUntilStable()"
        "when 'yes'; sink items.update('id')"                           | 1      || "'when' cannot take (text); write: when option('consumptions', false)"
        "beforeRun { }; sink items.update('id')"                        | 1      || "'beforeRun' is no word of phase; it belongs in backfill { }"
        "sik items.update('id')"                                        | 1      || "unknown word 'sik' in phase, did you mean 'sink'?"
    }

    @Unroll("in a whole script: #messages")
    def "what a script as a whole lacks or has too much of is told"() {
        expect:
        new Scripts(folder).told(script) == messages

        where:
        script                                                                         || messages
        "backfil('x') { about 'y'; phase('a') { source 1 as Object; sink null } }"     || ["1:1: unknown word 'backfil' in the script, did you mean 'backfill'?"]
        "backfill('x') { about 'y' }"                                                  || ["1:1: backfill 'x' has no 'phase'; write: phase('products') { source …; transform { p -> … }; sink … }"]
        "backfill('x') { $PHASE }"                                                     || ["1:1: backfill 'x' has no 'about'; write: about 'gives every product a created_at'",
                                                                                           "1:37: undeclared variable 'items'", "1:62: undeclared variable 'items'"]
        "backfill('x') { about 'y'; phase('a') { } }"                                  || ["1:28: phase 'a' has no 'sink'; write: sink search.update('name'), countMissingAs: 'missing_in_search'",
                                                                                           "1:28: phase 'a' has no 'source'; write: source products.select('id', 'name'), cursor: 'last_id'"]
        "fair('x') { stals 1 }"                                                        || ["1:13: unknown word 'stals' in fair, did you mean 'stalls'?"]
        "fair('x') { }"                                                                || ["1:1: fair 'x' has no 'stalls'; write: stalls 10"]
        "fair('x') { stalls 1 }\nList f(Strin a) { g(a, 1) }\nMapp g(a) { [:] }"       || ["2:8: unknown class 'Strin', did you mean 'String'?", "2:19: 'g' takes (a); 2 given",
                                                                                           "3:1: unknown class 'Mapp', did you mean 'Map'?"]
        "fair('x') { stalls 1 }\ndef text(a) { a }"                                    || ["2:5: a method must not be called like the word 'text'"]
        "//DEPS dev.backfill:backfill-dsl:3.1\nfair('x') { stalls firestore() }"       || ["2:20: 'firestore' comes with another module; add the line: //DEPS dev.backfill:backfill-firestore:3.1"]
        "//DEPS dev.backfill:backfill-bom:3.1@pom\nfair('x') { stalls firestore() }"   || ["2:20: 'firestore' comes with another module; add the line: //DEPS dev.backfill:backfill-firestore"]
        "fair('a') { stalls 1 }\nfair('b') { stalls 1 }"                               || ["2:1: a script declares one thing; 'fair' would be a second"]
    }

    def "two phases of one name are told at the second"() {
        expect:
        new Scripts(folder).told("backfill('demo') {\n$COMPLETE$PHASE$PHASE}\n") == ["5:7: there are two phases called 'a'"]
    }

    def "what is chosen or reported by its name must be the only one of its kind: #message"() {
        expect:
        new Scripts(folder).told("backfill('demo') {\n$COMPLETE$lines\n}\n") == [message]

        where:
        lines                                                                             || message
        "step('a') { $PHASE }\nstep('a') { ${PHASE.replace("'a'", "'b'")} }"              || "6:6: there are two steps called 'a'"
        "step('s') { $PHASE$PHASE }"                                                      || "5:7: there are two phases called 'a'"
        "${PHASE}validate { check('a') { true }\ncheck('b') { true }\ncheck('a') { true } }" || "7:7: there are two checks called 'a'"
    }

    def "the same address may be given to two services or databases, whose settings differ"() {
        expect:
        new Scripts(folder).told("""backfill('demo') {
            $COMPLETE
            def slow = http('https://api.example.com') { throttle { rate 1 } }
            def fast = http('https://api.example.com') { throttle { rate 100 } }
            def one  = postgres(secret('PG_DSN'))
            def two  = postgres(secret('PG_DSN'))
            $PHASE
            }""") == []
    }

    def "mistakes in the braces of a misspelt word are told as well"() {
        expect:
        new Scripts(folder).told("backfil('demo') {\n    abot 'x'\n    phas('a') { sorce 1 }\n}") ==
                ["1:1: unknown word 'backfil' in the script, did you mean 'backfill'?",
                 "2:5: unknown word 'abot' in backfill, did you mean 'about'?",
                 "3:5: unknown word 'phas' in backfill, did you mean 'phase'?",
                 "3:5: phase 'a' has no 'sink'; write: sink search.update('name'), countMissingAs: 'missing_in_search'",
                 "3:17: unknown word 'sorce' in phase, did you mean 'source'?"]
    }

    def "columns flow through variables, chains, lookups and what a sink returns"() {
        expect:
        new Scripts(folder).mistakes("""\
            backfill('demo') {
                about 'y'
                def items = shop().table('items').key('id')
                def some  = items.select('id', 'label').where('id > 1')
                def both  = items.select('price').union(some)
                def found = items.by('id').select('weight')
                def named = items.update('label').whereNull('label').returning('label')
                phase('a') {
                    source    both
                    lookup    'other', found, on: 'id'
                    transform { p -> p.price > 1 ? [id: p.id, weight: p.other.weight] + [total: p['price']] : null }
                    sink      items.update('weight').returning('label')
                    sink      items.update('label', 'total')
                }
            }
            """.stripIndent()) == []
    }

    def "a lookup must not have the name of a column that the record already has: #word"() {
        expect:
        new Scripts(folder).told("""\
            backfill('demo') {
                about 'y'
                def items = shop().table('items').key('id')
                phase('a') {
                    source    items.select('id', 'label')
                    $word
                    sink      items.update('label')
                }
            }
            """.stripIndent()) == messages

        where:
        word                                                                          || messages
        "lookup 'label', items.by('id').select('weight'), on: 'id'"                   || ["6:16: the record already has a column 'label'; give the lookup another name"]
        "lookup 'x', items.by('id'), on: 'id'; lookup 'x', items.by('id'), on: 'id'"  || ["6:54: the record already has a column 'x'; give the lookup another name"]
        "lookup 'other', items.by('id').select('weight'), on: 'id'"                   || []
    }

    def "what functions do with names that are no words is no mistake"() {
        expect:
        new Scripts(folder).mistakes("""\
            import java.util.concurrent.TimeUnit
            import static java.lang.Math.max

            backfill('demo') {
                about 'y'
                def items = shop().table('items').key('id')
                phase('a') {
                    source    items.select('id', 'label')
                    transform { p -> row(p.id, p.label) }
                    sink      items.update('label')
                }
            }

            @groovy.transform.Field int most = 5

            Map row(id, label, extra = null, ... rest) {
                def words = label.split(' ') as List<String>
                def text = new StringBuilder()
                for (word in words) { if (word) { text.append(word) } }
                for (int i = 0; i < 3; i++) { text.append(i) }
                try { Integer.parseInt(label) } catch (NumberFormatException e) { text.append(e.message) }
                def counts = words.countBy { it }.collectEntries { key, value -> [(key): max(value, most)] }
                def copy = [a: 1].with { put('b', 2); it }
                def each = words.collect { word -> word.size() }
                switch (words) { case List: each << 1; break }
                [id: id, label: "\$text \${counts.size()}", at: java.time.Instant.now(), unit: TimeUnit.DAYS, copy: copy, seconds: epochSeconds(label)]
            }

            <T> T same(T value) { value }
            """.stripIndent()) == []
    }

    def "a script is compiled with call sites that null and a value in turn do not wear out"() {
        when:
        def script = new GroovyShell(getClass().classLoader, new CompilerConfiguration()).parse('''
            backfill('demo') {
                about 'y'
                def items = shop().table('items').key('id')
                phase('a') {
                    source    items.select('id')
                    transform { p -> [id: twice(p.id), label: epochSeconds(null)] }
                    sink      items.update('label')
                }
            }

            static def once(value) { value }
            static def twice(value) { value == null ? 0 : once(value) * 2 }
            '''.stripIndent(), 'demo.groovy')

        then: 'Groovy gives a class such a method only for call sites of its own'
        script.class.declaredMethods*.name.contains('$createCallSiteArray')

        and: 'a static method calls another as before'
        script.twice(21) == 42
    }

    def "a script that is none of ours stays as it is"() {
        given:
        def script = new GroovyShell().parse('def backfil(Closure c) { c.delegate = [bach: { it }]; c() }\nthis.backfil { 7 }')

        expect:
        !(script instanceof dev.backfill.dsl.BackfillScript)
        script.run() == 7
    }

    def "nothing is printed while a script compiles, however many mistakes it has"() {
        given:
        def out = System.out
        def printed = new ByteArrayOutputStream()

        when:
        System.out = new PrintStream(printed, true)
        new GroovyShell().parse("backfil('x') { println 'a'; bach 1 }")

        then:
        printed.size() == 0

        cleanup:
        System.out = out
    }
}
