package dev.backfill.connector

import spock.lang.Specification
import spock.lang.Unroll

import java.time.Duration
import java.time.Instant

class FileEnvelopeSpec extends Specification {
    private static final Instant NOW = Instant.parse('2026-11-25T03:00:00Z')
    private static final String NONE = 'it has no envelope with fetched_at, so that it is unknown when its records were fetched and whether they are complete'

    @Unroll("#fields")
    def "each reason against a file is named"() {
        expect:
        new FileEnvelope('/lake/stock.json', Row.of(fields), 3).objections(NOW, Duration.ofHours(24)) == objections

        where:
        fields                                                                   || objections
        [fetched_at: '2026-11-24T03:00:00Z', count: 3]                           || []
        [fetched_at: '2026-11-24T03:00:01.5', errors: 0, statistics: [errors: 0]] || []
        [fetched_at: '2026-11-24T02:59:59Z']                                     || ['it is 24 hours old']
        [fetched_at: '2026-11-23T02:00:00-03:00']                                || ['it is 46 hours old']
        [fetched_at: '2026-11-25T02:00:00Z', errors: 1]                          || ['it had 1 error']
        [fetched_at: '2026-11-25T02:00:00Z', statistics: [errors: 2]]            || ['it had 2 errors']
        [fetched_at: '2026-11-25T02:00:00Z', count: 4]                           || ['it says count 4, but contains 3 records']
        [fetched_at: 'yesterday', count: 3]                                      || ["fetched_at is not a time: 'yesterday'"]
        [count: 3]                                                               || [NONE]
        [:]                                                                      || [NONE]
    }

    def "a number is found at its place, or not"() {
        given:
        def envelope = new FileEnvelope('f', Row.of([count: 3, statistics: [checked: 390, name: 'x']]), 3)

        expect:
        envelope.number(place).orElse(null) == number

        where:
        place                | number
        'count'              | 3
        'statistics.checked' | 390
        'statistics.name'    | null
        'statistics.none'    | null
        'none.checked'       | null
        'statistics'         | null
    }
}
