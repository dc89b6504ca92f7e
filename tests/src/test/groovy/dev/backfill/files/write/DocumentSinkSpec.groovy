package dev.backfill.files.write

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Row
import dev.backfill.connector.SinkContract
import groovy.json.JsonSlurper
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

class DocumentSinkSpec extends Specification {
    @TempDir Path folder

    private Path getPath() { folder.resolve('new/state.json') }

    private Object getHeld() { new JsonSlurper().parse(path.toFile()) }

    def "the file is the last record, and writing it twice leaves the same file"() {
        given:
        def sink = new DocumentSink(path)

        when:
        def outcomes = [sink.write([Row.of([id: 1]), Row.of([id: 2, tags: ['a']])]), sink.write([Row.of([id: 2, tags: ['a']])])]

        then:
        outcomes.collectMany { SinkContract.fates(it) } == [WriteStatus.WRITTEN] * 3
        held == [id: 2, tags: ['a']]
        folder.resolve('new').toFile().list().toList() == ['state.json']
    }

    def "a record that JSON cannot hold is rejected at its place, and the file stays what it was"() {
        given:
        def sink = new DocumentSink(path)
        sink.write([Row.of([id: 1])])

        when:
        def outcome = sink.write([Row.of([id: 2, at: new Object()])])

        then:
        SinkContract.fates(outcome) == [WriteStatus.REJECTED]
        outcome.reason(0)
        held == [id: 1]
    }

    def "nothing is written for no record"() {
        when:
        def outcome = new DocumentSink(path).write([])

        then:
        outcome.size() == 0
        !path.toFile().exists()
    }
}
