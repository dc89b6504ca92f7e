package dev.backfill.typesense.documents

import dev.backfill.connector.WriteStatus
import dev.backfill.connector.Diagnostic
import dev.backfill.connector.Row
import dev.backfill.connector.Sink
import dev.backfill.connector.SinkContract
import dev.backfill.connector.UnknownColumnException
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.TypesenseApi
import dev.backfill.typesense.Passage

/** What the sink promises, on whichever server. */
abstract class DocumentSinkContract extends SinkContract {
    static final List<Map> FIELDS = [[name: 'name', type: 'string'],
                                     [name: 'number', type: 'int64', optional: true],
                                     [name: 'tags', type: 'string[]', optional: true]]

    abstract SearchServer getServer()

    TypesenseApi api = new TypesenseApi(server)
    Passage passage = new Passage(server)
    String collection

    def cleanup() {
        passage.close()
        api.send('DELETE', "/collections/$collection")
    }

    @Override
    Sink sinkOver(Map<String, Integer> held) {
        sinkOf(held.collect { key, number -> [id: key, name: 'old', number: number] }, 'number')
    }

    Sink sinkOf(List<Map> documents, String... fields) {
        collection = api.collection(FIELDS)
        assert api.importAll(collection, 'create', documents).every { it.success }
        new DocumentSink(passage.client(), collection, fields.toList(), ['later'] as Set)
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
        fates(outcome) == [WriteStatus.WRITTEN, WriteStatus.REJECTED]
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
        outcome.count(WriteStatus.WRITTEN) == ids.size()
        held() == ids.collectEntries { [it.toString(), 1] }
    }

    def 'numbers, texts and lists keep every digit and letter'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A']], 'name', 'number', 'tags')

        when:
        def outcome = sink.write([Row.of([id: 'a', name: 'ß"\n😀\u2028', number: number, tags: ["x${1}", 'y']])])

        then:
        fates(outcome) == [WriteStatus.WRITTEN]
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
        fates(outcome) == [WriteStatus.REJECTED, WriteStatus.WRITTEN]
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
        fates(outcome) == [WriteStatus.REJECTED, WriteStatus.WRITTEN]
        outcome.reason(0).startsWith('Bad JSON')
        api.export(collection) == [[id: 'a', name: 'A'], [id: 'b', name: 'C']]

        where:
        text << ['x\ud800', 'x\ud800y', '\udc00']
    }

    def 'a record without an id is refused alone'() {
        given:
        def sink = sinkOver(a: 1)

        expect:
        fates(sink.write([record(id, 5), record('a', 2)])) == [WriteStatus.REJECTED, WriteStatus.WRITTEN]

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

    def 'a preview tells what a write would do, and only looks'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A', number: 1, tags: ['x']], [id: 'b', name: 'B']], 'number', 'tags')

        when:
        def outcome = sink.preview([Row.of([id: 'a', number: number, tags: tags]), Row.of([id: 'z', number: 1, tags: null]),
                                    Row.of([id: 'b', number: null, tags: null]), Row.of([id: 'b', number: Double.NaN, tags: null])])

        then:
        fates(outcome) == [fate, WriteStatus.MISSING, WriteStatus.UNCHANGED, WriteStatus.REJECTED]
        outcome.reason(3) == 'NaN is no number in JSON'
        outcome.record(0) == [id: 'a', number: number, tags: tags]
        passage.requests.size() == 1
        passage.onlyLooked()

        where:
        number | tags      || fate
        1      | ['x']     || WriteStatus.UNCHANGED
        1G     | ["${'x'}"] || WriteStatus.UNCHANGED
        2L     | ['x']     || WriteStatus.WRITTEN
        null   | ['x']     || WriteStatus.WRITTEN
        '1'    | ['x']     || WriteStatus.WRITTEN
        1      | ['y']     || WriteStatus.WRITTEN
        1      | ['x', ''] || WriteStatus.WRITTEN
        1      | []        || WriteStatus.WRITTEN
        1      | null      || WriteStatus.WRITTEN
    }

    def 'a write agrees with its preview, and leaves nothing to write'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A', number: 1], [id: 'b', name: 'B', number: 2]], 'name', 'number', 'price', 'shape')
        def records = [Row.of([id: 'a', name: 'A', number: null, price: 0.10G, shape: [x: 1, y: [z: 'ß', w: null]]]),
                       Row.of([id: 'b', name: 'B', number: 2, price: 5, shape: [1, 0.5f, true]]),
                       Row.of([id: 'z', name: 'Z', number: 1, price: 1, shape: null])]

        expect:
        fates(sink.preview(records)) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN, WriteStatus.MISSING]
        fates(sink.write(records)) == [WriteStatus.WRITTEN, WriteStatus.WRITTEN, WriteStatus.MISSING]
        fates(sink.preview(records)) == [WriteStatus.UNCHANGED, WriteStatus.UNCHANGED, WriteStatus.MISSING]
    }

    def 'what is held now is told in the fields that are written, from the same look as the preview'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A', number: 1, tags: ['x']], [id: 'b', name: 'B']], 'number', 'tags')
        def records = ['b', 'z', 'a', null].collect { Row.of([id: it, number: 5, tags: ['y']]) }
        def expected = [[number: null, tags: null], null, [number: 1, tags: ['x']], null]

        when:
        sink.preview(records)

        then:
        sink.held(records) == expected
        passage.requests.size() == 1
        sink.held(records) == expected
        passage.requests.size() == 2
        passage.onlyLooked()
    }

    def 'what was held before a write is not told after it'() {
        given:
        def sink = sinkOver(a: 1)
        def records = [record('a', 2)]
        sink.preview(records)
        sink.write(records)

        expect:
        sink.held(records) == [[number: 2]]
    }

    def 'of several records with one id the last is compared, and there is nothing to do for the others'() {
        given:
        def sink = sinkOver(a: 1)

        expect:
        fates(sink.preview(numbers.collect { record('a', it) })) == expected

        where:
        numbers   || expected
        [2, 1]    || [WriteStatus.UNCHANGED, WriteStatus.UNCHANGED]
        [1, 2, 3] || [WriteStatus.UNCHANGED, WriteStatus.UNCHANGED, WriteStatus.WRITTEN]
    }

    def 'documents are found whatever their ids, those that no filter can name one by one'() {
        given:
        def named = ['a,b', 'a b', '[a]', 'a && b', 'id:=x', '"q"', 'ü', '😀', '%2F?&#', '*', ',', '..', '/', 'x' * 5000, '17']
        def single = [' a', 'a ', ' ', '`', 'a`b', '`a`', 'a`,`b', '\\', 'a\\b', 'tab\there\nline', '\u00a0']
        def ids = named + single + ['a', 'b']
        def sink = sinkOf(ids.withIndex().collect { id, i -> [id: id, name: 'A', number: i] }, 'number')

        when:
        def held = sink.held(ids.collect { record(it, 0) } + [Row.of([id: 17L, number: 0]), record('none', 0), record('`', 0)])

        then:
        held*.number == (0..<ids.size()).toList() + [named.indexOf('17'), null, ids.indexOf('`')]
        passage.requests.count { !it.contains('/export?') } == single.size()
        passage.onlyLooked()
    }

    def 'a thousand documents take a dozen short requests'() {
        given:
        def ids = (1..1000).collect { UUID.nameUUIDFromBytes("$it".bytes).toString() }
        def sink = sinkOf(ids.collect { [id: it, name: 'A', number: 1] }, 'number')

        when:
        def outcome = sink.preview(ids.withIndex().collect { id, i -> record(id, i % 2) })

        then:
        outcome.count(WriteStatus.UNCHANGED) == 500
        outcome.count(WriteStatus.WRITTEN) == 500
        passage.requests.size() == 10
        passage.requests.every { it.length() <= 4010 }
    }

    def 'the identity is the collection\'s'() {
        given:
        def sink = sinkOver(a: 1)
        def created = api.json('GET', "/collections/$collection").created_at

        expect:
        sink.identity() == "collection $collection made at $created"
        passage.onlyLooked()
    }

    def 'a look before a run tells what one may regret'() {
        given:
        def sink = sinkOf([[id: 'a', name: 'A']], 'number', 'later', 'nmae')

        when:
        def all = sink.inspect()
        def findings = all.findAll { !it.text().contains(' of the disk ') }

        then: 'a server that tells how full its disk is does so last'
        all.drop(3).every { it.text() ==~ /[\d.]+ of [\d.]+ GB of the disk at http:.* are free/ }
        findings*.severity() == [Diagnostic.Severity.WARNING, Diagnostic.Severity.INFO, Diagnostic.Severity.INFO]
        findings[0].text() == "$collection has no field 'nmae', so that nobody can search by it; ensure it, or fix its name"
        findings[1].text() == "$collection has 1 document"
        findings[2].text() ==~ /the server is Typesense \d+\..* at http:.*/
        passage.onlyLooked()
    }

    def 'a collection that is not there is a problem'() {
        given:
        def sink = sinkOver(a: 1)
        api.send('DELETE', "/collections/$collection")

        expect:
        sink.inspect()*.severity() == [Diagnostic.Severity.PROBLEM]
        sink.inspect()[0].text().contains("check the collection's name")
    }
}
