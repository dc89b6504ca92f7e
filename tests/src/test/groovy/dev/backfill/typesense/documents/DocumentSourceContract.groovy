package dev.backfill.typesense.documents

import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Diagnostic
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.connector.Split
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.sandbox.typesense.TypesenseApi
import dev.backfill.typesense.Connecting
import dev.backfill.typesense.Passage

/** What the source promises, on whichever server. */
abstract class DocumentSourceContract extends SourceContract {
    static final List<Map> FIELDS = [[name: 'name', type: 'string'], [name: 'number', type: 'int64', optional: true]]

    abstract SearchServer getServer()

    TypesenseApi api = new TypesenseApi(server)
    List<String> collections = []
    List<Source> opened = []
    Passage passage

    def cleanup() {
        passage?.close()
        opened*.close()
        collections.each { api.send('DELETE', "/collections/$it") }
    }

    @Override
    Source sourceOf(int records) {
        fill((0..<records).collect { [id: "k$it".toString(), name: 'N', number: it] })
        open('id', 'number')
    }

    @Override
    List<String> keys() {
        api.export(collections.last())*.id
    }

    @Override
    Source misspelt() {
        fill([])
        open('id', 'nmae')
    }

    void fill(List<Map> documents, List<Map> fields = FIELDS) {
        collections << api.collection(fields)
        assert api.importAll(collections.last(), 'create', documents).every { it.success }
    }

    Source open(String... fields) {
        opened << new DocumentSource(Connecting.to(server), collections.last(), fields.toList(), ['later'] as Set)
        opened.last()
    }

    List<Row> readAll(Source source) {
        source.read(Split.whole(), Cursor.start(), 1000).rows()
    }

    def 'records come in the order in which documents were added, whatever was updated since'() {
        given:
        fill(('a'..'e').collect { [id: it, name: 'N'] })
        api.importAll(collections.last(), 'update', [[id: 'b', number: 1]])

        expect:
        readAll(open('id'))*.id == ['a', 'b', 'c', 'd', 'e']
    }

    def 'a field that a document does not have is null, also one that is yet to be added'() {
        given:
        fill([[id: 'a', name: 'A', number: 0], [id: 'b', name: 'B']])

        expect:
        readAll(open('id', 'number', 'later')) ==
                [[id: 'a', number: 0, later: null], [id: 'b', number: null, later: null]]
    }

    def 'the id is read also where it is not asked for'() {
        given:
        fill([[id: 'a', name: 'A']])
        def source = open('name')

        expect:
        readAll(source) == [[id: 'a', name: 'A']]
        source.key(readAll(source).first()) == 'a'
    }

    def 'values keep every digit and letter'() {
        given:
        def fields = FIELDS + [[name: 'price', type: 'float'], [name: 'sold', type: 'bool'], [name: 'tags', type: 'string[]']]
        def document = [id: 'ü/ "q\\', name: '😀\n', number: Long.MIN_VALUE, price: 0.5d, sold: true, tags: ['x', 'y']]
        fill([document], fields)

        expect:
        readAll(open('id', 'name', 'number', 'price', 'sold', 'tags')) == [document]
    }

    def 'the number of documents is known before the first is read'() {
        given:
        def source = sourceOf(10)

        expect:
        source.splits(4)*.rows()*.asLong == [10]
    }

    def 'what is added or deleted after the export changes nothing'() {
        given:
        def source = sourceOf(10)
        def first = source.read(Split.whole(), Cursor.start(), 4)

        when:
        api.send('DELETE', "/collections/${collections.last()}/documents/k7")
        api.importAll(collections.last(), 'create', [[id: 'new', name: 'N']])

        then:
        walk(source, 4, Split.whole(), first.next()).collectMany { it.rows() }*.id == (4..9).collect { "k$it".toString() }
    }

    def 'the cursor is the number of the page to read next'() {
        given:
        def source = sourceOf(10)

        expect:
        DocumentSource.page(Cursor.start()) == 1
        walk(source, 4).collect { DocumentSource.page(it.next()) } == [2, 3, 4]
    }

    def 'a page can be read again, and the next one then follows it'() {
        given:
        def source = sourceOf(10)
        def second = source.read(Split.whole(), Cursor.start(), 4).next()
        source.read(Split.whole(), second, 4)

        when:
        def again = source.read(Split.whole(), second, 2)
        def rest = source.read(Split.whole(), again.next(), 100)

        then:
        again.rows()*.number == [4, 5]
        rest.rows()*.number == [6, 7, 8, 9]
        rest.last()
    }

    def 'a cursor of another export is refused'() {
        when:
        sourceOf(10).read(Split.whole(), Cursor.after('7'), 4)

        then:
        def e = thrown FatalFailure
        e.message.contains('start the run again, which exports again')
    }

    def 'an unknown field is refused with the one that was probably meant'() {
        given:
        def source = misspelt()

        when:
        source.splits(1)

        then:
        def e = thrown FatalFailure
        e.message.endsWith("unknown field 'nmae', did you mean 'name'? (fields: id, name, number)")
    }

    def 'records are found by their keys, without an export'() {
        given:
        fill([[id: 'a', name: 'A', number: 0], [id: 'b', name: 'B'], [id: '`', name: 'C', number: 2]])
        passage = new Passage(server)
        def source = new DocumentSource(passage.client(), collections.last(), ['number', 'later'], ['later'] as Set)

        expect:
        source.find(['b', 'none', '`', 'a', 'a', '']).toSorted { it.id } ==
                [[id: '`', number: 2, later: null], [id: 'a', number: 0, later: null], [id: 'b', number: null, later: null]]
        source.find([]) == []
        passage.onlyLooked()
        passage.requests*.replaceAll(/\?.*/, '').countBy { it.split('/').last() } == [(collections.last()): 1, export: 1, '%60': 1]
    }

    def 'an unknown field is refused also where records are asked for by their keys'() {
        when:
        misspelt().find(['a'])

        then:
        def e = thrown FatalFailure
        e.message.contains("did you mean 'name'?")
    }

    def 'the identity is the collection\'s'() {
        given:
        fill([])
        def created = api.json('GET', "/collections/${collections.last()}").created_at

        expect:
        open('id').identity() == "collection ${collections.last()} made at $created"
    }

    def 'a look before a run tells what cannot be read'() {
        given:
        fill([[id: 'a', name: 'A']])

        expect:
        open('id', 'later').inspect()*.severity().take(2) == [Diagnostic.Severity.INFO, Diagnostic.Severity.INFO]
        open('id', 'later').inspect().drop(2).every { it.text().contains(' of the disk ') }
        misspelt().inspect()*.severity() == [Diagnostic.Severity.PROBLEM]
        misspelt().inspect()[0].text().contains("unknown field 'nmae', did you mean 'name'?")
    }
}
