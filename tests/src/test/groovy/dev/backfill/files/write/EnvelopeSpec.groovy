package dev.backfill.files.write

import dev.backfill.connector.Row
import dev.backfill.plan.TotalsFunction
import spock.lang.Specification

class EnvelopeSpec extends Specification {
    private static final Row TOTALS = Row.of([started: 'now', written: 7, rejected: 2, origin: Row.of([source: 'shop', endpoint: '/items'])])

    private static Object with(Closure<?> function) { Envelope.with(function as TotalsFunction).apply(TOTALS) }

    def "the standard envelope says where the records are from, when they were fetched and how many they are"() {
        expect:
        Envelope.standard(TOTALS).collect { name, value -> [name, value] } ==
                [['source', 'shop'], ['endpoint', '/items'], ['fetched_at', 'now'], ['count', 7]]
    }

    def "a function gives its fields in place of the count, and may change the others"() {
        expect:
        with { t -> [errors: t.rejected] } == [source: 'shop', endpoint: '/items', fetched_at: 'now', errors: 2]
        with { t -> [source: 'mine'] }.keySet().toList() == ['source', 'endpoint', 'fetched_at']
        with { t -> null } == null
        with { t -> 3 } == 3
    }
}
