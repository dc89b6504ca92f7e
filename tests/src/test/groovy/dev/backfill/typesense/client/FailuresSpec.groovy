package dev.backfill.typesense.client

import dev.backfill.connector.Cursor
import dev.backfill.connector.Failure
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Row
import dev.backfill.connector.Split
import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.ThrottledFailure
import dev.backfill.connector.TransientFailure
import dev.backfill.typesense.Connecting
import dev.backfill.typesense.FaultServer
import dev.backfill.typesense.documents.DocumentSink
import dev.backfill.typesense.documents.DocumentSource
import spock.lang.AutoCleanup
import spock.lang.Specification

import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.ZoneOffset

/** No fault of a server or of the way to it is taken for a document that is not there, or for the end of the data. */
class FailuresSpec extends Specification {
    static final List<Row> RECORDS = [Row.of([id: 'a', number: 1]), Row.of([id: 'b', number: 2])]
    static final Instant NOW = Instant.parse('2026-11-23T12:00:00Z')
    static final String SCHEMA = FaultServer.answer(200, '{"name":"products","fields":[]}')
    static final String CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

    @AutoCleanup
    FaultServer server

    Failure write(Endpoint endpoint = Connecting.endpoint(server.port)) {
        def sink = new DocumentSink(Connecting.to(endpoint, Clock.fixed(NOW, ZoneOffset.UTC)), 'products', ['number'], [] as Set)
        failure { sink.write(RECORDS) }
    }

    Failure export(Endpoint endpoint = Connecting.endpoint(server.port)) {
        def source = new DocumentSource(Connecting.to(endpoint), 'products', ['id'], [] as Set)
        failure { source.read(Split.whole(), Cursor.start(), 10) }
    }

    Failure look(String id) {
        def sink = new DocumentSink(Connecting.to(Connecting.endpoint(server.port)), 'products', ['number'], [] as Set)
        failure { sink.preview([Row.of([id: id, number: 1])]) }
    }

    static Failure failure(Closure<?> action) {
        try {
            action()
        } catch (Failure e) {
            return e
        }
        throw new AssertionError('it did not fail')
    }

    def 'a status is sorted: #status is #type.simpleName'() {
        given:
        server = FaultServer.answering(status, '{"message": "the reason"}')

        when:
        def failure = write()

        then:
        failure.class == type
        failure.message.startsWith("updating 2 documents of products: the server answers $status (the reason); ")
        failure.message.contains(advice)
        server.requests.size() == 1

        where:
        status || type             | advice
        400    || RejectedFailure  | 'fix the documents'
        413    || RejectedFailure  | 'fix the documents'
        401    || FatalFailure     | 'check TYPESENSE_API_KEY'
        403    || FatalFailure     | 'check TYPESENSE_API_KEY'
        404    || FatalFailure     | "check the collection's name"
        408    || TransientFailure | 'tried again'
        422    || FatalFailure     | 'fix what it says'
        429    || ThrottledFailure | 'fewer requests'
        500    || TransientFailure | 'tried again'
        502    || TransientFailure | 'tried again'
        503    || TransientFailure | 'tried again'
        301    || FatalFailure     | 'fix what it says'
    }

    def 'a server that asks to wait is told for how long: #headers'() {
        given:
        server = FaultServer.answering(status, '{"message": "Not Ready or Lagging"}', *headers)

        when:
        def failure = write() as ThrottledFailure

        then:
        failure.delay() == Optional.ofNullable(seconds).map { Duration.ofSeconds(it) }

        where:
        status | headers                                                                                         || seconds
        429    | []                                                                                              || null
        429    | ['Retry-After: 7']                                                                              || 7
        503    | ['Retry-After: 7']                                                                              || 7
        429    | ['Retry-After: Mon, 23 Nov 2026 12:01:00 GMT']                                                  || 60
        429    | ['Retry-After: Mon, 23 Nov 2026 12:01:00 GMT', 'Date: Mon, 23 Nov 2026 12:00:50 GMT']           || 10
        429    | ['Retry-After: Mon, 23 Nov 2026 11:00:00 GMT']                                                  || 0
        429    | ['Retry-After: soon']                                                                           || null
    }

    def 'what is said by something before Typesense is shortened, not parsed'() {
        given:
        server = FaultServer.answering(502, "<html>\n  <h1>Bad gateway</h1>${'x' * 1000}</html>")

        expect:
        write().message.with { it.contains('(<html> <h1>Bad gateway</h1>xxx') && it.length() < 500 }
    }

    def 'a refused connection is no missing document'() {
        given:
        server = new FaultServer([null] as String[])
        def endpoint = Connecting.endpoint(server.port)
        server.close()

        expect:
        with(write(endpoint)) {
            it.class == TransientFailure
            message == "updating 2 documents of products: no connection to http://127.0.0.1:$endpoint.port" +
                    '; check TYPESENSE_HOST and TYPESENSE_PORT, and that the server runs'
        }
        export(endpoint).class == TransientFailure
    }

    def 'a host that cannot be found, or written, is told'() {
        given:
        def endpoint = Connecting.endpoint(8108).with {
            new Endpoint(protocol(), host, port(), key(), timeout(), authorities())
        }

        expect:
        write(endpoint).message.contains(told)

        where:
        host                 || told
        'nowhere.invalid'    || 'no connection to http://nowhere.invalid:8108'
        'search server'      || 'there cannot be a server at http://search server:8108'
    }

    def 'a server that does not answer is given up after the time-out'() {
        given:
        server = new FaultServer([answer] as String[])

        when:
        def failure = write(Connecting.endpoint(server.port, 'k', Duration.ofMillis(300)))

        then:
        failure.class == TransientFailure
        failure.message.contains('no answer from') && failure.message.contains('within 0.3 s')

        where:
        answer << [null, 'HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n{"success":true}\n…']
    }

    def 'an answer that cannot be right is never counted as written: #body'() {
        given:
        server = FaultServer.answering(200, body)

        when:
        def failure = write()

        then:
        failure.class == TransientFailure
        failure.message.contains(told)

        where:
        body                                                       || told
        ''                                                         || 'it has only 0 lines'
        '{"success":true}'                                         || 'it has only 1 lines'
        '{"success":true}\n'                                       || 'it has only 1 lines'
        '{"success":true}\n{"success":tr'                          || 'line 2 is no answer'
        '{"success":true}\noops'                                   || 'line 2 is no answer'
        '{"success":true}\n["x"]'                                  || 'line 2 is no answer'
        '{"success":true}\n{"success":true}\n{"success":true}'     || 'it has more than 2 lines'
        '{"success":true}\n{"success":false,"code":500,"error":"disk"}' || 'answers 500 (disk) to a document'
        '{"success":true}\n{"success":false}'                      || 'answers 0 () to a document'
        '{"success":true}\n{}'                                     || 'answers 0 () to a document'
    }

    def 'only the server\'s own sentence makes a document missing'() {
        given:
        server = FaultServer.answering(200, "{\"success\":true}\n{\"code\":404,\"error\":\"$error\",\"success\":false}")
        def outcome = new DocumentSink(Connecting.to(Connecting.endpoint(server.port)), 'products', ['number'], [] as Set).write(RECORDS)

        expect:
        outcome.status(1).name() == fate

        where:
        error                                   || fate
        'Could not find a document with id: b'  || 'MISSING'
        'Could not find a field'                || 'REJECTED'
    }

    def 'an answer that is cut off is an error'() {
        given:
        server = new FaultServer(answer)

        expect:
        write().class == TransientFailure

        where:
        answer << ['', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n{"success":true}\n',
                   CHUNKED + '10\r\n{"success":true}\r\n']
    }

    def 'an export that is cut off is an error, never the end'() {
        given:
        server = new FaultServer(SCHEMA, answer)

        when:
        def failure = export()

        then:
        failure.class == type
        failure.message.startsWith('exporting the documents of products: ')

        where:
        answer                                                             || type
        CHUNKED + 'a\r\n{"id":"a"}\r\n'                                    || TransientFailure
        CHUNKED + '20\r\n{"id":"a"}\n{"id":'                               || TransientFailure
        'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":"a"}\n'       || TransientFailure
        'HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n'                      || TransientFailure
        'HTTP/1.1 200 OK\r\n\r\n{"id":"a"}\n'                            || FatalFailure
    }

    def 'nothing but its own sentence tells that a document is not there: #answer'() {
        given:
        server = new FaultServer(answer)

        expect:
        [look('a'), look('`')]*.class == [type] * 2

        where:
        answer                                                               || type
        FaultServer.answer(404, '{"message": "Not Found"}')                  || FatalFailure
        FaultServer.answer(404, 'no such page')                              || FatalFailure
        FaultServer.answer(401, '{"message": "Forbidden"}')                  || FatalFailure
        FaultServer.answer(429, '')                                          || ThrottledFailure
        FaultServer.answer(503, '')                                          || TransientFailure
        FaultServer.answer(200, '["a"]')                                     || TransientFailure
        FaultServer.answer(200, '{"id":"a"}\n{"id"')                         || TransientFailure
        'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":"a"}'           || TransientFailure
        ''                                                                   || TransientFailure
    }

    def 'an export is tried again from its start after it failed, and then gives every document'() {
        given:
        server = new FaultServer(SCHEMA, CHUNKED + 'a\r\n{"id":"a"}\r\n', FaultServer.answer(200, '{"id":"a"}\n{"id":"b"}'))
        def source = new DocumentSource(Connecting.to(Connecting.endpoint(server.port)), 'products', ['id'], [] as Set)

        when:
        failure { source.splits(1) }

        then:
        source.splits(1)*.rows()*.asLong == [2]
        source.read(Split.whole(), Cursor.start(), 10).rows()*.id == ['a', 'b']

        cleanup:
        source?.close()
    }

    def 'an exported line that is no document ends the run'() {
        given:
        server = new FaultServer(SCHEMA, FaultServer.answer(200, '{"id":"a"}\n{"id":'))

        expect:
        with(export()) {
            it.class == FatalFailure
            message.contains('page 1 is no JSON')
        }
    }

    def 'an answer whose end cannot be told from a cut is not believed'() {
        given:
        server = new FaultServer('HTTP/1.1 200 OK\r\n\r\n{"id":"a"}\n')
        def client = Connecting.to(Connecting.endpoint(server.port))
        def call = Call.get('exporting', '/x', Duration.ofSeconds(5))

        when:
        client.stream(call) { }

        then:
        def e = thrown FatalFailure
        e.message.contains('the answer has no length')
    }

    def 'an export that stalls in the middle is given up after the time-out'() {
        given:
        server = new FaultServer(CHUNKED + 'a\r\n{"id":"a"}\r\n…')
        def client = Connecting.to(Connecting.endpoint(server.port))

        when:
        client.stream(Call.get('exporting', '/x', Duration.ofMillis(300))) { }

        then:
        def e = thrown TransientFailure
        e.message.contains('within 0.3 s')
    }

    def 'a full disk ends the export with the reason'() {
        given:
        server = FaultServer.answering(200, '{"id":"a"}')
        def client = Connecting.to(Connecting.endpoint(server.port))

        when:
        client.stream(Call.get('exporting', '/x', Duration.ofSeconds(5))) { throw new FatalFailure('no room') }

        then:
        def e = thrown FatalFailure
        e.message == 'no room'
    }

    def 'an interrupt ends the wait, and stays'() {
        given:
        server = new FaultServer([null] as String[])
        Thread.currentThread().interrupt()

        when:
        def failure = write()

        then:
        failure.class == TransientFailure
        Thread.interrupted()
    }

    def 'a key that no header can hold is told without showing it'() {
        given:
        def failure = write(Connecting.endpoint(1, 'top\nsecret'))

        expect:
        failure.class == FatalFailure
        failure.message.contains('TYPESENSE_API_KEY contains a character that no key can have')
        !failure.message.contains('secret')
        failure.cause == null
    }
}
