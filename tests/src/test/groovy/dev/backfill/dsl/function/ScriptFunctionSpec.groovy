package dev.backfill.dsl.function

import dev.backfill.connector.Row
import dev.backfill.dsl.Scripts
import dev.backfill.plan.RecordStep
import dev.backfill.plan.ScriptException
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path

class ScriptFunctionSpec extends Specification {
    @TempDir
    Path folder

    private RecordStep.Transform transform(String function, String below = '') {
        new Scripts(folder).load("""\
            backfill('demo') {
                about 'y'
                def items = shop().table('items')
                phase('a') {
                    source    items.select(*columns())
                    transform $function
                    sink      items.update('id')
                }
            }

            List columns() { ['id', 'label'] }
            $below
            """.stripIndent()).backfill().phases()[0].steps()[0] as RecordStep.Transform
    }

    @Unroll("#message")
    def "a mistake of the script that a record shows is told with its line"() {
        when:
        transform(function).function().apply(Row.of([id: 5, label: 'a']))

        then:
        def e = thrown(ScriptException)
        e.message.readLines()[0] == "demo.groovy:6:$column: $message"
        e.message.readLines()[1] == "    6 |         transform $function"

        where:
        function                      | column || message
        '{ r -> [id: r.lable] }'      | 33     || "unknown column 'lable', did you mean 'label'? (columns: id, label)"
        '{ r -> [id: r.label.szie()] }' | 39   || "a String has no 'szie', did you mean 'size'?"
        '{ r -> [id: r.label.bites] }' | 39    || "a String has no 'bites', did you mean 'bytes'?"
        '{ r -> [id: r.id.plus("a", 1)] }' | 36 || "an Integer has no 'plus' that takes (String, Integer)"
        '{ r -> throw new IOException("no disk") }' | 9 || "no disk"
    }

    def "a mistake in what must hold afterwards is told with its line too"() {
        when:
        new Scripts(folder).backfill("""\
            about 'y'
            validate { check('all') { 'text'.szie() } }
            phase('a') { source shop().table('a').select('id'); sink shop().table('a').update('id') }
            """.stripIndent()).backfill().validation().checks()[0].test().test()

        then:
        def e = thrown(ScriptException)
        e.message.startsWith("demo.groovy:3:34: a String has no 'szie', did you mean 'size'?")
    }

    def "the line is that of the innermost method of the script"() {
        when:
        transform('{ r -> tidy(r) }', 'Map tidy(r) {\n    [id: r.lable]\n}').function().apply(Row.of([id: 5, label: 'a']))

        then:
        def e = thrown(ScriptException)
        e.message.startsWith("demo.groovy:13:12: unknown column 'lable'")
    }

    @Unroll("#function")
    def "what a record's value is to blame for passes as it is"() {
        when:
        transform(function).function().apply(Row.of([id: 0, label: null]))

        then:
        thrown(type)

        where:
        function                                     || type
        '{ r -> [id: r.label.size()] }'              || NullPointerException
        '{ r -> [id: 1.intdiv(r.id)] }'              || ArithmeticException
        '{ r -> [id: Integer.parseInt("x")] }'       || NumberFormatException
        '{ r -> [id: epochSeconds("xyz")] }'         || IllegalArgumentException
        '{ r -> assert r.id > 0; [id: r.id] }'       || IllegalArgumentException
        '{ r -> [id: (List) r.id] }'                 || ClassCastException
    }

    def "texts with placeholders become plain, wherever they stand; nothing else is copied"() {
        given:
        def row = Row.of([id: 5, label: 'a'])

        expect:
        transform('{ r -> [("k${r.id}"): "v$r.id", list: ["$r.id", [a: "$r.label"]], none: null] }').function().apply(row) ==
                [k5: 'v5', list: ['5', [a: 'a']], none: null]
        transform('{ r -> r }').function().apply(row).is(row)
        transform('{ r -> "$r.id" }').function().apply(row) instanceof String
        transform('{ r -> null }').function().apply(row) == null
    }

    def "a mistake while the body is evaluated is told with its line too"() {
        when:
        new Scripts(folder).load("backfill('demo') {\n    about 'y'\n    batch size()\n    phase('a') { source shop().table('a').select('id'); sink shop().table('a').update('id') }\n}\nint size() { 0 }")

        then:
        def e = thrown(ScriptException)
        e.message.startsWith('demo.groovy:3:5: a batch has at least 1 record, but is 0')
    }
}
