package dev.backfill.report

import dev.backfill.checkpoint.LetterCount
import dev.backfill.checkpoint.PhaseState
import dev.backfill.checkpoint.SinkCounts
import dev.backfill.checkpoint.WorkStatus
import dev.backfill.connector.Rejection
import spock.lang.Specification

class RefusedSpec extends Specification {
    private static PhaseState phase(long bySteps, long... bySinks) {
        def sinks = bySinks.collect { new SinkCounts(10, 0, 10 - it, 0, 0, it) }
        new PhaseState('copy', WorkStatus.DONE, 1, 10 + bySteps, 0, 0, bySteps, [], sinks, [:])
    }

    private static Refused letters(Map<String, Long> counts, String phase = 'copy') {
        new Refused(Optional.of(counts.collect { sink, n -> new LetterCount(phase, sink, Rejection.Kind.RULE, n) }))
    }

    def "of #before refused #now are told as dead letters: '#text'"() {
        expect:
        letters(table: now).bySink(phase(0, before), ['table'], 0) == text

        where:
        before | now || text
        0      | 0   || ''
        2      | 2   || ', 2 dead letters'
        2      | 1   || ', 2 times refused, 1 dead letter'
        2      | 0   || ', 2 times refused, no dead letters left'
        0      | 1   || ', 1 dead letter' // refused by another sink at first
    }

    def "what steps refused is told apart from what sinks refused, and other phases' letters are not told"() {
        given:
        def refused = letters(transform: 1, 'lookup \'parent\'': 2, table: 1)

        expect:
        refused.bySteps(phase(4, 1), ['table']) == ', 4 times refused, 3 dead letters'
        refused.bySink(phase(4, 1), ['table'], 0) == ', 1 dead letter'
        refused.inPhase(phase(4, 1)) == ', 5 times refused, 4 dead letters'
        letters([table: 7L], 'other').inPhase(phase(4, 1)) == ', 5 times refused, no dead letters left'
    }

    def "of two sinks with one title no letter is told twice"() {
        given:
        def titles = ['table', 'table']

        expect:
        (0..1).collect { letters(table: now).bySink(phase(0, 2, 3), titles, it) } == told

        where:
        now || told
        5   || [', 2 dead letters', ', 3 dead letters']
        3   || [', 2 dead letters', ', 3 times refused, 1 dead letter']
        0   || [', 2 times refused, no dead letters left', ', 3 times refused, no dead letters left']
    }

    def "a list that cannot be read is taken to hold what was refused"() {
        expect:
        new Refused(Optional.empty()).bySink(phase(0, 2), ['table'], 0) == ', 2 dead letters'
        new Refused(Optional.empty()).total() == 0
    }
}
