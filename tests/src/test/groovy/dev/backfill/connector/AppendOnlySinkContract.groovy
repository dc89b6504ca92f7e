package dev.backfill.connector

import spock.lang.Specification

/** What every sink promises whose target grows. A spec of such a sink extends it and says what its target holds. */
abstract class AppendOnlySinkContract extends Specification {
    /** Opens the sink over the same target, as the next process does. */
    abstract AppendOnlySink open()

    /** The keys of what the target holds when it is whole, in its order. */
    abstract List<String> held()

    abstract Row record(String key)

    /** A record that the target rejects. */
    abstract Row rejected(String key)

    def "each write says where the target then is, and the target is whole after the end"() {
        given:
        def sink = open()
        sink.truncateTo('')

        when:
        def outcomes = [sink.write([record('a'), record('b')]), sink.write([record('c')])]
        sink.publish(totals())

        then:
        outcomes.every { it.position().present && it.count(WriteStatus.WRITTEN) == it.size() }
        outcomes[0].position() != outcomes[1].position()
        held() == ['a', 'b', 'c']
    }

    def "what is behind the saved position is undone, and what is written again is there once"() {
        given:
        def first = open()
        first.truncateTo('')
        def saved = first.write([record('a'), record('b')]).position().get()
        first.write([record('c'), record('d')])
        first.close()

        when:
        def next = open()
        next.truncateTo(next.resumable() ? saved : '')
        next.write(next.resumable() ? [record('c')] : [record('a'), record('b'), record('c')])
        next.publish(totals())

        then:
        held() == ['a', 'b', 'c']
    }

    def "a position that is as far as the target goes undoes nothing"() {
        given:
        def first = open()
        first.truncateTo('')
        def saved = first.write([record('a')]).position().get()
        first.close()

        when:
        def next = open()
        next.truncateTo(saved)
        next.publish(totals())

        then:
        !next.resumable() || held() == ['a']
    }

    def "without a saved position it begins from scratch, whatever an earlier process has left"() {
        given:
        def first = open()
        first.truncateTo('')
        first.write([record('old')])
        first.close()

        when:
        def next = open()
        next.truncateTo('')
        next.write([record('new')])
        next.publish(totals())

        then:
        held() == ['new']
    }

    def "a rejected record is at its place, has no effect, and the others are written"() {
        given:
        def sink = open()
        sink.truncateTo('')

        when:
        def outcome = sink.write([record('a'), rejected('b'), record('c')])
        sink.publish(totals())

        then:
        SinkContract.fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.REJECTED, WriteStatus.WRITTEN]
        outcome.reason(1)
        held() == ['a', 'c']
    }

    def "no record leaves the position where it is"() {
        given:
        def sink = open()
        sink.truncateTo('')
        def before = sink.write([record('a')]).position()

        when:
        def outcome = sink.write([])
        sink.publish(totals())

        then:
        outcome.size() == 0
        outcome.position() == before
        held() == ['a']
    }

    def "the end may come again in another process, and cleaning up as often as one likes"() {
        given:
        def first = open()
        first.truncateTo('')
        def saved = first.write([record('a'), record('b')]).position().get()
        first.publish(totals())
        first.close()

        when: 'the process died before the end was saved'
        def next = open()
        if (next.resumable()) {
            next.truncateTo(saved)
            next.publish(totals())
        }
        2.times { next.cleanUp() }

        then:
        held() == ['a', 'b']
    }

    def "nothing to write makes an empty target"() {
        given:
        def sink = open()

        when:
        sink.truncateTo('')
        sink.publish(totals())

        then:
        held() == []
    }

    private static Row totals() {
        Row.of([written: 0L])
    }
}
