package dev.backfill.files.write

import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import dev.backfill.plan.TotalsFunction
import groovy.json.JsonSlurper
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.OffsetDateTime
import java.time.OffsetTime
import java.time.ZonedDateTime

class GatheringSinkSpec extends Specification {
    @TempDir
    Path folder

    private Path getTarget() { folder.resolve('new/lake.json') }

    private Path getPart() { folder.resolve('new/lake.json.part') }

    private GatheringSink sink(Map<String, ?> with = [:]) {
        new GatheringSink(new GatheringSink.Plan(target, part, Optional.ofNullable(with.containsKey('list') ? with.list as String : 'records'),
                { Row totals -> with.header ?: [count: totals.written] } as TotalsFunction, (with.order ?: []) as List<String>))
    }

    private static List<Row> rows(Object... ids) {
        ids.collect { Row.of([id: it, name: "name $it" as String]) }
    }

    private static Row totals(long written = 0) { Row.of([written: written]) }

    private Map json() { new JsonSlurper().parse(target.toFile()) as Map }

    def "the file is there only when it is whole, with the header above the records"() {
        given:
        def sink = sink(header: [source: 'relbase', at: Instant.parse('2026-11-25T02:00:00Z'), nested: [a: 1, b: null]])

        when:
        sink.truncateTo('')
        sink.write(rows(1, 2))
        sink.write(rows(3))

        then:
        !Files.exists(target)
        part.toFile().readLines().size() == 3

        when:
        sink.publish(totals(3))

        then:
        json() == [source: 'relbase', at: '2026-11-25T02:00:00Z', nested: [a: 1, b: null], records: [1, 2, 3].collect { [id: it, name: "name $it"] }]
        target.toFile().text.indexOf('"source"') < target.toFile().text.indexOf('"records"')

        when: 'the end is not saved yet'
        sink.close()

        then:
        Files.exists(part)

        when:
        sink.cleanUp()

        then:
        folder.resolve('new').toFile().list().toList() == ['lake.json']
    }

    def "times always have seconds: #time"() {
        given:
        def sink = sink(list: null)

        when:
        sink.truncateTo('')
        sink.write([Row.of([at: time])])

        then:
        part.toFile().text == '{"at":"' + text + '"}\n'

        where:
        time                                             || text
        LocalDateTime.parse('2026-11-25T02:00')          || '2026-11-25T02:00:00'
        LocalDateTime.parse('2026-11-25T02:00:00.5')     || '2026-11-25T02:00:00.5'
        OffsetDateTime.parse('2026-11-25T02:00Z')        || '2026-11-25T02:00:00Z'
        ZonedDateTime.parse('2026-11-25T02:00+01:00')    || '2026-11-25T02:00:00+01:00'
        LocalTime.parse('02:00')                         || '02:00:00'
        OffsetTime.parse('02:00+01:00')                  || '02:00:00+01:00'
        Instant.parse('2026-11-25T02:00:00Z')            || '2026-11-25T02:00:00Z'
        LocalDate.parse('2026-11-25')                    || '2026-11-25'
    }

    def "without a record, and without a header, it is still JSON"() {
        given:
        def sink = sink(header: header)
        sink.truncateTo('')
        sink.publish(totals())

        expect:
        json() == header + [records: []]

        where:
        header << [[a: 1], [:].asImmutable() + [b: 'x "quoted"']]
    }

    def "what was written behind the saved position is cut off, and what is written again stands there once"() {
        given:
        def first = sink()
        first.truncateTo('')
        def saved = first.write(rows(1, 2)).position().get()
        first.write(rows(3, 4, 5))

        when: 'the process died before the second batch was saved, and the next one writes another'
        def second = sink()
        second.truncateTo(saved)
        second.write(rows(3))
        second.publish(totals())

        then:
        json().records*.id == [1, 2, 3]
    }

    def "the end may be told twice, as after a crash behind it"() {
        given:
        def first = sink()
        first.truncateTo('')
        def saved = first.write(rows(1, 2)).position().get()
        first.publish(totals())
        def before = target.toFile().text

        when:
        def second = sink()
        second.truncateTo(saved)
        second.publish(totals())

        then:
        target.toFile().text == before
    }

    def "what a killed process has left of its sorting goes, and nothing else"() {
        given:
        Files.createDirectories(part.parent)
        ['lake.json.part.sort-123', 'lake.json.part.sort-9', 'other.json.part.sort-1', 'lake.json.sort-1', 'lake.json'].each { part.resolveSibling(it).toFile().text = 'x' }

        when:
        sink().truncateTo('')

        then:
        part.parent.toFile().list().sort().toList() == ['lake.json', 'lake.json.part', 'lake.json.sort-1', 'other.json.part.sort-1']
    }

    def "begun anew, nothing is left of an earlier run; its file stays until the new one is whole"() {
        given:
        def first = sink()
        first.truncateTo('')
        first.write(rows(1, 2))
        first.publish(totals())
        first.write(rows(9))

        when:
        def second = sink()
        second.truncateTo('')
        second.write(rows(7))

        then:
        json().records*.id == [1, 2]

        when:
        second.publish(totals())

        then:
        json().records*.id == [7]
    }

    def "lines that were lost are noticed"() {
        given:
        def sink = sink()
        sink.truncateTo('')
        def saved = sink.write(rows(1, 2)).position().get()
        Files.delete(part)

        when:
        this.sink().truncateTo(saved)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('begin again with --restart')
    }

    def "records are sorted by number, then text, then nothing"() {
        given:
        def sink = sink(order: ['id'])
        sink.truncateTo('')
        sink.write(rows(10, 9, 'b', null, 2, 'a', 100, 1.5))
        sink.publish(totals())

        expect:
        json().records*.id == [1.5, 2, 9, 10, 100, 'a', 'b', null]
    }

    def "more records than fit into memory at once are sorted too, and nothing of the sorting is left"() {
        given:
        def sink = sink(order: ['id', 'name'])
        sink.truncateTo('')
        def random = new Random(5)
        def ids = (1..60_000).collect { random.nextInt(20_000) }
        ids.collate(5_000).each { part -> sink.write(part.collect { Row.of([id: it, name: 'x' * 150 + random.nextInt(3)]) }) }
        sink.publish(totals())
        sink.cleanUp()

        expect:
        json().records.collect { [it.id, it.name] } == json().records.collect { [it.id, it.name] }.sort(false) { a, b -> a[0] <=> b[0] ?: a[1] <=> b[1] }
        json().records*.id.sort() == ids.sort(false)
        folder.resolve('new').toFile().list().toList() == ['lake.json']
    }

    def "lines stay lines"() {
        given:
        def sink = sink(list: null, order: ['id'])
        sink.truncateTo('')
        sink.write(rows(2, 1))
        sink.publish(totals())

        expect:
        target.toFile().readLines() == ['{"id":1,"name":"name 1"}', '{"id":2,"name":"name 2"}']
    }

    def "a value that JSON has no form for refuses its record alone"() {
        given:
        def sink = sink()
        sink.truncateTo('')

        when:
        WriteResult outcome = sink.write([Row.of([id: 1]), Row.of([id: new Object()]), Row.of([id: Double.NaN])])
        sink.publish(totals())

        then:
        (0..2).collect { outcome.status(it) } == [WriteStatus.WRITTEN, WriteStatus.REJECTED, WriteStatus.REJECTED]
        json().records*.id == [1]
    }

    def "a folder that cannot be written to is named"() {
        given:
        folder.resolve('new').toFile().text = 'a file'

        when:
        sink().truncateTo('')

        then:
        def failure = thrown FatalFailure
        failure.message.contains(part as String)
    }

    def "a document is one record, replaced whole"() {
        given:
        def sink = new DocumentSink(target)

        when:
        sink.write([Row.of([a: 1, files: ['x', 'y']])])
        sink.write([Row.of([a: 2, files: []])])

        then:
        json() == [a: 2, files: []]
        folder.resolve('new').toFile().list().toList() == ['lake.json']
    }
}
