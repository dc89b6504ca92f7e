package dev.backfill.connector

import spock.lang.Requires
import spock.lang.Specification

/** What every sink promises. A spec of a sink extends it and says what its target holds. */
abstract class SinkContract extends Specification {
    /** Opens the sink, over a target that holds exactly these whole numbers by their keys. */
    abstract Sink sinkOver(Map<String, Integer> held)

    /** What the target holds now, by key. */
    abstract Map<String, Integer> held()

    /** A record that gives the target this number for this key. */
    abstract Row record(String key, Object number)

    /** A record that the target refuses. */
    Row refused(String key) { record(key, 'no number') }

    /** False if it takes every record. */
    boolean rejects() { true }

    /** True if a record whose key is not there yet is added. */
    boolean adds() { false }

    def "what is sent is what the target then holds"() {
        given:
        def sink = sinkOver(a: 1, b: 2, c: 3)

        when:
        def outcome = sink.write([record('a', 10), record('c', 30)])

        then:
        fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN]
        held() == [a: 10, b: 2, c: 30]
    }

    def "twice equals once"() {
        given:
        def sink = sinkOver(a: 1, b: 2)
        def records = [record('a', 10), record('b', 20), record('z', 5)]
        sink.write(records)
        def once = held()

        when:
        def outcome = sink.write(records)

        then:
        held() == once
        fates(outcome).take(2).every { it in [WriteStatus.WRITTEN, WriteStatus.UNCHANGED] }
        addsUp(outcome, 3)
    }

    def "a record that is not there is added, or counted as missing and does not come to life"() {
        given:
        def sink = sinkOver(a: 1)

        when:
        def outcome = sink.write([record('z', 5), record('a', 10)])

        then:
        fates(outcome) == [adds() ? WriteStatus.WRITTEN : WriteStatus.MISSING, WriteStatus.WRITTEN]
        held() == (adds() ? [a: 10, z: 5] : [a: 10])
    }

    def "the same key twice: the last one wins, and each record is counted"() {
        given:
        def sink = sinkOver(a: 1, b: 2)

        when:
        def outcome = sink.write([record('a', 10), record('b', 20), record('a', 11), record('a', 12)])

        then:
        held() == [a: 12, b: 20]
        addsUp(outcome, 4)
    }

    @Requires({ instance.rejects() })
    def "a record that the target refuses is told with the reason, or all of them fail and none is written"() {
        given:
        def sink = sinkOver(a: 1, b: 2, c: 3)

        when:
        def outcome = attempt(sink, [record('a', 10), refused('b'), record('c', 30)])

        then:
        outcome.empty ? held() == [a: 1, b: 2, c: 3] : held() == [a: 10, b: 2, c: 30]
        outcome.every { fates(it) == [WriteStatus.WRITTEN, WriteStatus.REJECTED, WriteStatus.WRITTEN] && it.reason(1) && addsUp(it, 3) }
    }

    @Requires({ instance.rejects() })
    def "alone, a record that the target refuses never counts as written"() {
        given:
        def sink = sinkOver(b: 2)

        when:
        def outcome = attempt(sink, [refused('b')])

        then:
        outcome.every { fates(it) == [WriteStatus.REJECTED] && it.reason(0) }
        held() == [b: 2]
    }

    def "nothing is written for no record"() {
        given:
        def sink = sinkOver(a: 1)

        expect:
        sink.write([]).size() == 0
        held() == [a: 1]
    }

    def "many records go together"() {
        given:
        def before = (1..2500).collectEntries { ["k$it".toString(), it] } as Map<String, Integer>
        def sink = sinkOver(before)

        when:
        def outcome = sink.write(before.collect { key, number -> record(key, number + 1) })

        then:
        outcome.count(WriteStatus.WRITTEN) == 2500
        held() == before.collectEntries { key, number -> [key, number + 1] }
    }

    def "each record's outcome stands at its own place"() {
        given:
        def sink = sinkOver(a: 1, b: 2, c: 3)
        def records = [record('c', 30), record('y', 5), record('a', 10), record('z', 5), record('b', 20)]

        when:
        def outcome = sink.write(records)

        then:
        fates(outcome)*.name() == ['WRITTEN', adds() ? 'WRITTEN' : 'MISSING', 'WRITTEN', adds() ? 'WRITTEN' : 'MISSING', 'WRITTEN']
    }

    static List<WriteStatus> fates(WriteResult outcome) {
        (0..<outcome.size()).collect { outcome.status(it) }
    }

    static boolean addsUp(WriteResult outcome, int records) {
        outcome.size() == records && WriteStatus.values().sum { outcome.count(it) } == records
    }

    /** Nothing if the target refused the records as a whole. */
    static List<WriteResult> attempt(Sink sink, List<Row> records) {
        try {
            return [sink.write(records)]
        } catch (RejectedFailure ignored) {
            return []
        }
    }
}
