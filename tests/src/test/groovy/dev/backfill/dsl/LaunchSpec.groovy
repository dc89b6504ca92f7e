package dev.backfill.dsl

import dev.backfill.connector.Row
import dev.backfill.plan.RecordStep
import dev.backfill.plan.ThrottleRule
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

import java.nio.file.Path
import java.time.Duration

class LaunchSpec extends Specification {
    @TempDir
    Path folder

    private static final String SCRIPT = '''
        backfill('demo') {
            about 'gives every product a name'

            def shop     = shop()
            def products = shop.table('products').key('id')

            checkpoint(shop) {
                document 'demo_document'
                phase    'phase'
                batches  'batch_no'
                records  'total'
                counters 'renamed', 'letters'
            }
            batch    env('BATCH_SIZE', 500)
            throttle { pause 0.5; rate 6; rate 100, per: 'minute' }
            ensure   products.add('text', 'name').optional()
            ensure   products.add('text', 'never'), when: false
            beforeRun { started() }

            phase('names') {
                source    products.select('id', 'label'), cursor: 'last_id'
                batch     10
                exclude   products.by('id'), on: 'id'
                lookup    'other', products.by('id').select('price'), on: 'id', orReject: 'no such product'
                count('letters') { p -> p.label.size() }
                exclude   { p -> p.label == null }
                transform { p -> [id: p.id, name: tidy(p.label), price: p.other.price] }
                repeatUntilStable()
                sink      products.update('name').returning('name'), countAs: 'renamed', countMissingAs: 'gone'
                sink      products.update('price'), only: { p -> p.price > 1 }
            }
            phase('nothing') {
                when   option('all', false, 'also what is nothing')
                source products.select('id')
                sink   products.update('id')
            }
        }

        String tidy(label) { "${label}!".trim() }

        void started() { }
        '''.stripIndent()

    def "a script becomes a plan that holds all it states"() {
        when:
        def plan = new Scripts(folder).load(SCRIPT).backfill()

        then:
        plan.name() == 'demo'
        plan.about() == 'gives every product a name'
        plan.store().get().title() == 'shop()'
        with(plan.layout()) {
            document().get() == 'demo_document'
            phase().get() == 'phase'
            batches().get() == 'batch_no'
            records().get() == 'total'
            counters() == ['renamed', 'letters']
        }
        plan.batch() == 500
        plan.throttle() == [new ThrottleRule.Pause(Duration.ofMillis(500)),
                            new ThrottleRule.Rate(6, Duration.ofSeconds(1)),
                            new ThrottleRule.Rate(100, Duration.ofMinutes(1))]
        plan.requirements()*.title() == ['shop().table(products).key(id).add(text, name).optional()']
        plan.beforeRun().present
        plan.phases()*.name() == ['names', 'nothing']
        plan.phases()*.wanted() == [true, false]
        plan.options()*.name() == ['all']
        plan.options()[0].flag()
    }

    def "the steps of a phase keep the order of the script"() {
        when:
        def phase = new Scripts(folder).load(SCRIPT).backfill().phases()[0]

        then:
        phase.steps()*.class == [RecordStep.Exclude, RecordStep.Join, RecordStep.Count, RecordStep.ExcludeWhere,
                                 RecordStep.Transform]
        phase.cursorField().get() == 'last_id'
        phase.batch().asInt == 10
        phase.repeatUntilStable()
        phase.steps()[1].orReject().get() == 'no such product'
        phase.sinks()[0].countAs().get() == 'renamed'
        phase.sinks()[0].countMissingAs().get() == 'gone'
        phase.sinks()[1].only().get().apply(Row.of([price: 2]))
        !phase.sinks()[1].only().get().apply(Row.of([price: 1]))
    }

    @Unroll("#what: #changed")
    def "a phase's fingerprint changes with what it may use, and with nothing else"() {
        given:
        def scripts = new Scripts(folder)
        def before = scripts.load(SCRIPT).backfill().phases()*.fingerprint()
        assert SCRIPT.contains(from)

        when:
        def after = scripts.load(SCRIPT.replace(from, to)).backfill().phases()*.fingerprint()

        then:
        [before, after].transpose().collect { a, b -> a != b } == changed
        (before + after).every { it ==~ /[0-9a-f]{64}/ }

        where:
        what                | from                  | to                    || changed
        'the phase itself'  | 'p.price > 1'         | 'p.price > 2'         || [true, false]
        'a variable'        | "table('products')"   | "table('products2')"  || [true, true]
        'a method'          | '}!'                  | '}?'                  || [true, true]
        'blanks'            | 'repeatUntilStable()\n'         | '  repeatUntilStable()\n\n'     || [false, false]
        'something else'    | 'gives every'         | 'takes every'         || [false, false]
    }

    def "functions reach the script's own methods, and their texts are plain"() {
        given:
        def steps = new Scripts(folder).load(SCRIPT).backfill().phases()[0].steps()

        when:
        def made = steps[4].function().apply(Row.of([id: 1, label: 'a', other: Row.of([price: 3])]))

        then:
        made == [id: 1, name: 'a!', price: 3]
        made.name instanceof String
        steps[2].number().apply(Row.of([label: 'four'])) == 4
    }

    def "an option is read before the body runs, in whatever form it is given"() {
        expect:
        new Scripts(folder).load(SCRIPT, [:], arguments).backfill().phases()[1].wanted() == wanted

        where:
        arguments                  || wanted
        []                         || false
        ['--all']                  || true
        ['run', '--all=true']      || true
        ['--all=false']            || false
        ['--', '--all']            || false
    }

    def "a root word of a connector is run by the launch"() {
        expect:
        Launch.run(new Scripts(folder).write("fair('spring') {\n    stalls 7\n}\n"), ['a', 'b'], [:]) == 9
    }
}
