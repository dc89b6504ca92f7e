package dev.backfill.postgres

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.FileEnvelope
import dev.backfill.connector.Row
import dev.backfill.plan.CheckFunction
import dev.backfill.plan.RunScope
import dev.backfill.plan.ScriptContext
import spock.lang.Specification
import spock.lang.Unroll

import java.time.Instant

class ReplacementSpec extends Specification {
    private static final Map<String, Object> CONDITIONS = [all: "updated_by = 'api'", 'shop:ID': 'shop_id = :ID and other_id <> :ID']

    Map<String, String> declared = [:]

    private ScriptContext script(Map<String, Object> given) {
        def options = new ScriptContext.Options() {
            @Override
            <T> T value(String name, T otherwise, String help) {
                declared[name] = help
                given.getOrDefault(name, otherwise) as T
            }
        }
        new ScriptContext(options, new RunScope())
    }

    private static FileEnvelope envelope(Map fields) { new FileEnvelope('f', Row.of(fields), 2) }

    def "--replace chooses a condition by its name, and a whole number takes the place of :ID"() {
        expect:
        Replacement.chosen(CONDITIONS, script(replace: given)).condition().orElse('') == condition
        declared.replace == 'all or shop:ID: also deletes the rows of it that the records do not contain'
        declared.keySet() == ['replace', 'accept-partial'] as Set

        where:
        given       || condition
        ''          || ''
        'all'       || "updated_by = 'api'"
        'shop:1855' || 'shop_id = 1855 and other_id <> 1855'
    }

    @Unroll("--replace #given")
    def "anything else is refused with what there is"() {
        when:
        Replacement.chosen(CONDITIONS, script(replace: given))

        then:
        def failure = thrown IllegalArgumentException
        failure.message == "--replace must be all or shop:ID, but is '$given'"

        where:
        given << ['none', 'shop', 'shop:', 'shop:ID', "shop:1' or true", 'shop:-1', 'shop:1234567890123456789', 'all:1']
    }

    def "a file that is not complete replaces nothing, unless --accept-partial is given"() {
        given:
        def replacement = Replacement.of('true', script([:])).expecting('checked', { 390 } as CheckFunction)
        def now = Instant.now().toString()

        expect:
        replacement.objections(envelope(fetched_at: now, count: 2, checked: 390), true) == []
        replacement.objections(envelope(fetched_at: now, checked: 389), true) ==
                ['it covers 389 of 390 checked', 'make the file again, or give --accept-partial']
        replacement.objections(envelope(fetched_at: now), true)[0] == "its envelope has no number 'checked', which must be 390"
        replacement.objections(envelope([:]), true)[0].startsWith('it has no envelope')
        replacement.objections(envelope(fetched_at: now, errors: 1, checked: 1), true).size() == 3

        and: 'a look before the run cannot ask the database'
        replacement.objections(envelope(fetched_at: now, checked: 389), false) == []

        and:
        Replacement.of('true', script('accept-partial': true)).objections(envelope([:]), true) == []
        Replacement.of('', script([:])).objections(envelope([:]), true) == []
        Replacement.none().objections(envelope([:]), true) == []
    }

    def "what is expected must be a number"() {
        when:
        Replacement.of('true', script([:])).expecting('checked', { 'many' } as CheckFunction)
                .objections(envelope(fetched_at: Instant.now().toString()), true)

        then:
        def failure = thrown FatalFailure
        failure.message == "expecting('checked') must give a number, but gave many; give a number there"
    }
}
