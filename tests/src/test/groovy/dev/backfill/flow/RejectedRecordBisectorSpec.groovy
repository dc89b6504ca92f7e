package dev.backfill.flow

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.Row
import dev.backfill.connector.TransientFailure
import spock.lang.Specification

class RejectedRecordBisectorSpec extends Specification {
    Map<Object, Object> target = [:]
    int requests
    Closure<List<Integer>> accuses = { List<Row> rows, Set<Object> bad -> [] }

    def "the poison records are refused, each with the target's reason, and all others are written"() {
        when:
        def outcome = write(rows(count), bad as Set)

        then:
        (0..<count).findAll { outcome.status(it) == WriteStatus.REJECTED } == bad
        (0..<count).findAll { outcome.status(it) == WriteStatus.WRITTEN }.size() == count - bad.size()
        target.keySet() == ((0..<count) - bad) as Set
        bad.every { outcome.rejection(it) == new Rejection(Rejection.Kind.RULE, "no $it" as String) }

        where:
        count | bad
        1     | [0]
        2     | [1]
        3     | [0, 1, 2]
        100   | [0]
        100   | [99]
        100   | [37, 38, 80]
        100   | (0..99).toList()
        1000  | (0..<1000).findAll { it % 7 == 0 }
        1000  | (400..<600).toList()
    }

    def "one poison record of a thousand costs two tries for each halving at most, and three in all where the target accuses it"() {
        when:
        accuses = { rows, bad -> (0..<rows.size()).findAll { Math.abs((rows[it].id as int) - 617) <= near } }
        write(rows(1_000), [617] as Set)

        then:
        requests <= most

        where: 'the target accuses nobody, the culprit alone, five of whom one is the culprit'
        near | most
        -1   | 21
        0    | 3
        2    | 9
    }

    def "where the target accuses one record at a time, each costs two tries"() {
        given:
        accuses = { rows, bad -> (0..<rows.size()).findAll { rows[it].id in bad }.take(1) }

        when:
        write(rows(1_000), (10..<50).toSet())

        then:
        requests <= 2 * 40 + 1
    }

    def "above one in twenty it goes row by row, and in larger steps where nothing is refused"() {
        when:
        write(rows(1_000), (0..<200).toSet())

        then:
        requests < 2 * 200 + 150
        target.size() == 800
    }

    def "a wrong accusation costs some tries and harms nobody"() {
        given:
        accuses = { rows, bad -> [0] }

        when:
        def outcome = write(rows(50), [44] as Set)

        then:
        outcome.status(44) == WriteStatus.REJECTED
        outcome.count(WriteStatus.WRITTEN) == 49
        target.size() == 49
    }

    def "records of one key keep their order, though an earlier one is accused"() {
        given:
        accuses = { rows, bad -> [rows.findIndexOf { it.id == 1 }].findAll { it >= 0 } }
        def given = [row(1, 'first'), row(2, 'x'), row(1, 'second'), row(3, 'bad')]

        when:
        def outcome = write(given, [3] as Set)

        then:
        target[1] == 'second'
        outcome.status(3) == WriteStatus.REJECTED
    }

    def "records that are good alone, and not together, cost one of them"() {
        given: 'a target in which a value is unique'
        def write = { List<Row> rows ->
            def after = target + rows.collectEntries { [it.id, it.value] }
            def twice = after.groupBy { it.value }.find { it.value.size() > 1 }
            if (twice) {
                throw new RejectedFailure("$twice.key is there twice", Rejection.Kind.DUPLICATE,
                    (0..<rows.size()).findAll { rows[it].value == twice.key }, new IllegalStateException())
            }
            target.putAll(rows.collectEntries { [it.id, it.value] })
            WriteResult.of(rows, WriteStatus.WRITTEN)
        }

        when:
        def outcome = RejectedRecordBisector.write([row(1, 'a'), row(2, 'same'), row(3, 'b'), row(4, 'same'), row(5, 'c')], write)

        then:
        outcome.count(WriteStatus.REJECTED) == 1
        outcome.status(3) == WriteStatus.REJECTED
        target.values().toSet() == ['a', 'same', 'b', 'c'] as Set
    }

    def "a failure that is no record's fault goes through, also from the midst of a search"() {
        when:
        RejectedRecordBisector.write(rows(8)) { List<Row> rows ->
            if (rows.size() > 4) {
                throw new RejectedFailure('one of them')
            }
            throw new TransientFailure('deadlock')
        }

        then:
        thrown TransientFailure
    }

    private WriteResult write(List<Row> records, Set<Object> bad) {
        RejectedRecordBisector.write(records) { List<Row> rows ->
            requests++
            def first = rows.find { it.id in bad }
            if (first) {
                throw new RejectedFailure("no $first.id", Rejection.Kind.RULE, accuses(rows, bad), new IllegalStateException())
            }
            def outcome = WriteResult.of(rows, WriteStatus.WRITTEN)
            rows.eachWithIndex { row, i ->
                if (target.put(row.id, row.value) == row.value) {
                    outcome.status(i, WriteStatus.UNCHANGED)
                }
            }
            outcome
        }
    }

    private static List<Row> rows(int count) {
        (0..<count).collect { row(it, "v$it") }
    }

    private static Row row(Object id, String value) {
        Row.of([id: id, value: value])
    }
}
