package dev.backfill.flow

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Row
import dev.backfill.ownership.Fence
import spock.lang.Specification

import static dev.backfill.flow.Sinks.batch
import static dev.backfill.flow.Sinks.open
import static dev.backfill.flow.Sinks.rows
import static dev.backfill.flow.Sinks.written

class SinkChainSpec extends Specification {
    def memory = new Sinks.Memory()

    def "only the last sinks write in the checkpoint's transaction, and only those in its database (#kinds)"() {
        given:
        def sinks = kinds.collect { open(it, sink(it)) }

        when:
        def chain = SinkChain.of(sinks, { it.is(memory) }, Fence.none(), Sinks.retry())

        then:
        chain.own() == sinks.take(own)
        chain.shared() == sinks.drop(own)

        where:
        kinds                         | own
        ['here', 'here']              | 0
        ['own', 'here']               | 1
        ['here', 'own']               | 2
        ['here', 'own', 'here']       | 2
        ['elsewhere', 'here', 'here'] | 1
        ['here', 'elsewhere']         | 2
        []                            | 0
    }

    def "a later sink gets what the earlier one passed on, after it, and nothing of a batch that failed before"() {
        given:
        def order = []
        def first = new Sinks.One(does: { List<Row> rows ->
            order << 'first'
            def outcome = written(rows)
            outcome.rejected(1, 'no')
            outcome
        })
        def second = new Sinks.One(does: { List<Row> rows -> order << 'second'; written(rows) })
        def chain = SinkChain.apart([open('first', first), open('second', second)], Fence.none(), Sinks.retry())

        when:
        def progress = chain.write(batch(rows(3)), WriteTurn.alone())

        then:
        order == ['first', 'second']
        second.writes == [[0, 2]]
        progress.outcomes()*.size() == [3, 2]
        progress.refusals()*.where() == ['first']

        when:
        first.does = { throw new FatalFailure('no such table') }
        chain.write(batch(rows(3)), WriteTurn.alone())

        then:
        thrown FatalFailure
        second.writes.size() == 1
    }

    def "sinks of the checkpoint's transaction are written in it alone"() {
        given:
        def own = new Sinks.One()
        def shared = new Sinks.Shared(memory: memory)
        def chain = SinkChain.of([open('own', own), open('shared', shared)], { it.is(memory) }, Fence.none(), Sinks.retry())

        when:
        def before = chain.write(batch(rows(2)), WriteTurn.alone())

        then:
        own.writes == [[0, 1]]
        shared.writes == []

        when:
        def after = chain.writeIn(memory, before, [:])

        then:
        own.writes == [[0, 1]]
        shared.writes == [[0, 1]]
        after.outcomes().size() == 2
    }

    private sink(String kind) {
        kind == 'own' ? new Sinks.One() : new Sinks.Shared(memory: kind == 'here' ? memory : new Sinks.Memory())
    }
}
