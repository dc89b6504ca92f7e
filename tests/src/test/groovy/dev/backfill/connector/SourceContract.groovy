package dev.backfill.connector

import spock.lang.Requires
import spock.lang.Specification

/**
 * What every source promises. A spec of a source extends it and says how records get there; it closes what it opened itself.
 */
abstract class SourceContract extends Specification {
    /** Puts exactly so many records there instead of any before, and opens a source of them. */
    abstract Source sourceOf(int records)

    /** The keys of the records of the last source, as texts, in its order; in any order if {@link #ordered} says so. */
    abstract List<String> keys()

    /** Opens a source that asks for the column 'nmae', which there is not; may fail here or with the first read. */
    abstract Source misspelt()

    /** False if the order is the server's own affair, so that only the set of keys can be foretold. */
    boolean ordered() { true }

    /** False if every record says itself what it has, so that no name can be known to be wrong. */
    boolean namesColumns() { true }

    def "every record comes once, and never more of them than asked for: #limit at a time"() {
        given:
        def source = sourceOf(10)

        when:
        def batches = walk(source, limit)

        then:
        batches.every { it.rows().size() <= limit }
        sameKeys(batches.collectMany { it.rows() }.collect { source.key(it) })

        where:
        limit << [1, 3, 5, 9, 10, 11, 1000]
    }

    def "the end is told at the end, and only there"() {
        given:
        def source = sourceOf(10)

        when:
        def batches = walk(source, limit)

        then:
        batches.last().last()
        batches.init().every { !it.last() && it.rows() }

        where:
        limit << [1, 3, 10, 11]
    }

    def "nothing there is an end at once"() {
        given:
        def source = sourceOf(0)

        when:
        def split = source.splits(1).first()
        def batch = source.read(split, split.after(), 10)

        then:
        batch.rows().empty && batch.last()
    }

    def "reading goes on after any cursor, as if it had never stopped"() {
        given:
        def source = sourceOf(10)
        def batches = walk(source, 3)
        def split = source.splits(1).first()

        expect:
        !source.resumable() || batches.indices.every { index ->
            def rest = batches.drop(index + 1).collectMany { it.rows() }
            rest == walk(source, 3, split, batches[index].next()).collectMany { it.rows() }
        }
    }

    def "a cursor is a text that another source of the same records goes on from"() {
        given:
        def source = sourceOf(10)
        def split = source.splits(1).first()
        def first = source.read(split, split.after(), 4)
        def all = walk(source, 100).collectMany { it.rows() }

        expect:
        !source.resumable() || walk(source, 4, split, Cursor.after(first.next().text())).collectMany { it.rows() } == all.drop(4)
    }

    def "reading again gives the same"() {
        given:
        def source = sourceOf(10)

        expect:
        walk(source, 4)*.rows() == walk(source, 4)*.rows()
    }

    def "after the end there is nothing, however often it is asked"() {
        given:
        def source = sourceOf(4)
        def split = source.splits(1).first()
        def end = walk(source, 3).last().next()

        when:
        def batches = (1..3).collect { source.read(split, end, 3) }

        then:
        batches.every { it.rows().empty && it.last() }
    }

    def "splits count from 0, are no more than wanted, and share the records without a gap: #wanted wanted"() {
        given:
        def source = sourceOf(10)

        when:
        def splits = source.splits(wanted)

        then:
        splits*.ordinal() == splits.indices.toList()
        splits.size() in 1..wanted
        sameKeys(splits.collectMany { split -> walk(source, 3, split, split.after()).collectMany { it.rows() } }.collect { source.key(it) })

        where:
        wanted << [1, 2, 4]
    }

    def "each record has a key of its own"() {
        given:
        def source = sourceOf(10)

        when:
        def keys = walk(source, 10).collectMany { it.rows() }.collect { source.key(it) }

        then:
        keys.toSet().size() == 10 && keys.every { it != null }
    }

    @Requires({ instance.namesColumns() })
    def "an unknown column is refused by name, before any record"() {
        when:
        def source = misspelt()
        source.read(source.splits(1).first(), Cursor.start(), 1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('nmae')
    }

    /** All batches of a split until the end is told; gives up where an end never comes. */
    static List<Batch> walk(Source source, int limit, Split split = source.splits(1).first(), Cursor from = split.after()) {
        List<Batch> batches = []
        def after = from
        while (!batches || !batches.last().last()) {
            assert batches.size() < 1000: 'no end is told'
            batches << source.read(split, after, limit)
            after = batches.last().next()
        }
        batches
    }

    boolean sameKeys(List<String> found) {
        ordered() ? found == keys() : found.sort(false) == keys().sort(false)
    }
}
