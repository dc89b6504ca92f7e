package dev.backfill.typesense.documents

import dev.backfill.connector.Fate
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract
import dev.backfill.connector.UnknownColumnException
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.TypesenseApi
import dev.backfill.typesense.Connecting

/** What the sink promises, on whichever server. */
abstract class DocumentSinkContract extends SinkContract {
    static final List<Map> FIELDS = [[name: 'name', type: 'string'],
                                     [name: 'number', type: 'int64', optional: true],
                                     [name: 'tags', type: 'string[]', optional: true]]

    abstract SearchServer getServer()

    TypesenseApi api = new TypesenseApi(server)
    String collection

    def cleanup() {
        api.send('DELETE', "/collections/$collection")
    }

    @Override
    Sink sinkOver(Map<String, Integer> held) {
        sinkOf(held.collect { key, number -> [id: key, name: 'old', number: number] }, 'number')
    }

    Sink sinkOf(List<Map> documents, String... fields) {
        collection = api.collection(FIELDS)
        assert api.importAll(collection, 'create', documents).every { it.success }
        new DocumentSink(Connecting.to(server), collection, fields.toList())
    }

    @Override
    Map<String, Integer> held() {
        api.export(collection).collectEntries { [it.id, it.number] }
    }

    @Override
    Row record(String key, Object number) {
        Row.of([id: key, number: number])
    }

    def 'the other fields of a document stay as they are'() {
        given:
        def sink = sinkOver(a: 1)

        when:
        sink.write([record('a', 2)])

        then:
        api.export(collection) == [[id: 'a', name: 'old', number: 2]]
    }

    def 'null takes an optional field away, and is refused for a required one'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A', number: 1], [id: 'b', name: 'B', number: 2]], 'name', 'number')

        when:
        def outcome = sink.write([Row.of([id: 'a', name: 'A', number: null]), Row.of([id: 'b', name: null, number: 3])])

        then:
        fates(outcome) == [Fate.WRITTEN, Fate.REJECTED]
        outcome.reason(1) == 'Field `name` must be a string.'
        api.export(collection) == [[id: 'a', name: 'A'], [id: 'b', name: 'B', number: 2]]
    }

    def 'ids may hold anything, and may be numbers'() {
        given:
        def ids = ['ü/ "q\\ %2F?&#', 'tab\there\nline', ' ', '😀', 17L]
        def sink = sinkOf(ids.collect { [id: it.toString(), name: 'A'] }, 'number')

        when:
        def outcome = sink.write(ids.collect { Row.of([id: it, number: 1]) })

        then:
        outcome.count(Fate.WRITTEN) == ids.size()
        held() == ids.collectEntries { [it.toString(), 1] }
    }

    def 'numbers, texts and lists keep every digit and letter'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A']], 'name', 'number', 'tags')

        when:
        def outcome = sink.write([Row.of([id: 'a', name: 'ß"\n😀\u2028', number: number, tags: ["x${1}", 'y']])])

        then:
        fates(outcome) == [Fate.WRITTEN]
        api.export(collection) == [[id: 'a', name: 'ß"\n😀\u2028', number: number, tags: ['x1', 'y']]]

        where:
        number << [Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L, 0]
    }

    def 'a value that cannot be sent is refused alone, with the reason: #value.class.simpleName'() {
        given:
        def sink = sinkOver(a: 1, b: 2)

        when:
        def outcome = sink.write([record('a', value), record('b', 3)])

        then:
        fates(outcome) == [Fate.REJECTED, Fate.WRITTEN]
        outcome.reason(0).contains(reason)
        held() == [a: 1, b: 3]

        where:
        value                            || reason
        BigInteger.TWO.pow(63)           || 'does not fit 64 bits'
        Double.NaN                       || 'NaN is no number in JSON'
        java.time.Instant.EPOCH          || 'no type for a Instant; make it a number or a text in the transform'
        1.5                              || 'Field `number` must be an int64.'
    }

    def 'half a letter is refused, and never changed into another one'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A'], [id: 'b', name: 'B']], 'name')

        when:
        def outcome = sink.write([Row.of([id: 'a', name: text]), Row.of([id: 'b', name: 'C'])])

        then:
        fates(outcome) == [Fate.REJECTED, Fate.WRITTEN]
        outcome.reason(0).startsWith('Bad JSON')
        api.export(collection) == [[id: 'a', name: 'A'], [id: 'b', name: 'C']]

        where:
        text << ['x\ud800', 'x\ud800y', '\udc00']
    }

    def 'a record without an id is refused alone'() {
        given:
        def sink = sinkOver(a: 1)

        expect:
        fates(sink.write([record(id, 5), record('a', 2)])) == [Fate.REJECTED, Fate.WRITTEN]

        where:
        id << [null, '']
    }

    def 'a field that the transform did not give is told by name'() {
        when:
        sinkOver(a: 1).write([Row.of([id: 'a', nubmer: 1])])

        then:
        def e = thrown UnknownColumnException
        e.message.contains("unknown column 'number'")
    }
}
