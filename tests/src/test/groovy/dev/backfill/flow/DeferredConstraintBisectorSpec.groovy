package dev.backfill.flow

import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.ownership.Fence
import spock.lang.Specification

import java.util.function.Supplier

import static dev.backfill.flow.Sinks.batch
import static dev.backfill.flow.Sinks.written

class DeferredConstraintBisectorSpec extends Specification {
    def trial = new Trial()
    def sink = new Sinks.Shared(memory: trial, does: { List<Row> rows -> trial.held.addAll(rows); written(rows) })
    def chain = SinkChain.of([Sinks.open('items', sink)], { it.is(trial) }, Fence.none(), Sinks.retry())

    def "those whose parent is in nobody's hands are found, with the commit's own reason, and nobody else"() {
        given:
        def rows = [row(1), row(2, 99), row(3, 1), row(4, 98), row(5, 3)]

        when:
        def refused = beyond(rows)

        then:
        rows.findAll { refused.containsKey(it) }*.id == [2, 4]
        refused[rows[1]] == new Rejection(Rejection.Kind.MISSING_PARENT, 'no 99')
        refused[rows[3]] == new Rejection(Rejection.Kind.MISSING_PARENT, 'no 98')
    }

    def "who comes before its parent is not refused for that"() {
        expect:
        beyond([row(1, 4), row(2, 99), row(3, 1), row(4)]).keySet()*.id == [2]
    }

    def "what is known is not tried again, nor told again, and equal records are told apart"() {
        given:
        def rows = [row(1, 99), row(2), row(3, 98), row(1, 99)]
        def known = new IdentityHashMap<Row, Rejection>([(rows[0]): new Rejection(Rejection.Kind.RULE, 'known')])

        when:
        def refused = new DeferredConstraintBisector(chain, batch(rows), trial).beyond(known)

        then:
        rows.collect { refused.containsKey(it) } == [false, false, true, true]
        trial.held*.id == [2]
    }

    def "where everything holds nobody is refused, and nothing is committed"() {
        expect:
        beyond([row(1), row(2, 1)]).isEmpty()
        sink.writes == [[1, 2]]
        !trial.committed
    }

    private Map<Row, Rejection> beyond(List<Row> rows) {
        new DeferredConstraintBisector(chain, batch(rows), trial).beyond([:])
    }

    private static Row row(int id, Integer parent = null) {
        Row.of([id: id, parent: parent])
    }

    /** A target whose records need their parents at the commit; what fails is undone. */
    static class Trial extends Sinks.Memory {
        List<Row> held = []
        boolean committed

        @Override
        <T> T attempt(Supplier<T> part) {
            def before = held.toList()
            try {
                part.get()
            } catch (RejectedFailure e) {
                held = before
                throw e
            }
        }

        @Override
        void rehearseCommit() {
            def orphan = held.find { it.parent != null && !(it.parent in held*.id) }
            if (orphan) {
                throw new RejectedFailure("no $orphan.parent", Rejection.Kind.MISSING_PARENT)
            }
        }

        @Override
        void commit() {
            committed = true
        }
    }
}
