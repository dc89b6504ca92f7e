package dev.backfill.files.read

import dev.backfill.connector.Columns
import dev.backfill.connector.Cursor
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.Lookup
import dev.backfill.connector.MissingFieldException
import dev.backfill.connector.Row
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.flow.OpenStep
import dev.backfill.flow.RecordSteps
import dev.backfill.flow.RowShapes
import dev.backfill.flow.Sinks
import dev.backfill.plan.LookupDefinition
import dev.backfill.plan.RecordStep
import dev.backfill.plan.TotalsFunction
import groovy.json.JsonOutput
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path
import java.util.zip.GZIPOutputStream

abstract class FileSourceContract extends SourceContract {
    @TempDir
    Path folder
    List<String> written = []

    abstract RecordFile file(List<Map<String, Object>> records)

    @Override
    Source sourceOf(int records) {
        def all = records ? (1..records).collect { [id: it, name: "record $it" as String, price: it * 1.25] } : []
        written = all*.id*.toString()
        new FileSource(file(all))
    }

    @Override
    List<String> keys() { written }

    @Override
    Source misspelt() {
        new FileSource(file([[id: 1, name: 'a']]).selecting(['id', 'nmae']))
    }
}

class DocumentSourceSpec extends FileSourceContract {
    @Override
    RecordFile file(List<Map<String, Object>> records) {
        def path = folder.resolve('lake.json')
        path.toFile().text = JsonOutput.toJson([source: 'x', other: [list: [1, 2]], data: [list: records], count: records.size()])
        RecordFile.document(path, 'data.list', '')
    }
}

class LineSourceSpec extends FileSourceContract {
    @Override
    RecordFile file(List<Map<String, Object>> records) {
        def path = folder.resolve('lake.jsonl')
        path.toFile().text = records.collect { JsonOutput.toJson(it) + '\n' }.join('\n')
        RecordFile.lines(path, '')
    }
}

class InnerSourceSpec extends FileSourceContract {
    @Override
    RecordFile file(List<Map<String, Object>> records) {
        def path = folder.resolve('lake.json')
        path.toFile().text = JsonOutput.toJson([list: records.collate(3).withIndex().collect { part, i -> [outer: i, items: part] } + [[outer: 99, items: []]]])
        RecordFile.document(path, 'list', '').unnest('items')
    }
}

class FileSourceSpec extends Specification {
    @TempDir
    Path folder

    private RecordFile file(String text, String list = 'records') {
        def path = folder.resolve('lake.json')
        path.toFile().text = text
        RecordFile.document(path, list, "run the step 'download' first, which makes it")
    }

    private static List<Row> rows(RecordFile file) {
        def source = new FileSource(file)
        source.read(source.splits(1).first(), Cursor.start(), 1000).rows()
    }

    def "values come as they are: whole numbers, exact ones, texts in all scripts, lists, nothing"() {
        expect:
        rows(file('{"records":[{"a":12345678901,"b":0.1,"c":"Ñuñoa ✓","d":[1,{"e":null}],"f":null,"g":true}]}')) ==
                [[a: 12345678901L, b: 0.1, c: 'Ñuñoa ✓', d: [1L, [e: null]], f: null, g: true]]
    }

    def "selected fields are null where a record has none, and others are left out"() {
        expect:
        rows(file('{"records":[{"id":1,"x":2},{"id":2,"name":"b"}]}').selecting(['id', 'name'])) == [[id: 1, name: null], [id: 2, name: 'b']]
    }

    def "a field that a record lacks is null where another record has it, or none has one of nearly that name; a misspelt one is an error"() {
        given:
        def rows = rows(file('{"records":[{"id":1,"name":"a"},{"id":2}]}'))

        expect:
        rows[1].name == null
        rows[1].with([price: 1]).name == null
        new RowShapes().wider(rows[1], 'shop', null).name == null
        rows[0].other == null
        !rows[1].containsKey('name')
        rows[1] == [id: 2]

        when:
        rows[1].nmae

        then:
        def unknown = thrown MissingFieldException
        unknown.message.contains('nmae')
    }

    def "a field that no record had yet, with nearly the name of another, is a dead letter of its record alone: #kind"() {
        given:
        def rows = rows(file('{"records":[{"id":1,"phone1":"a"},{"id":2,"phone1":"b","phone2":"c"}]}'))
        def early = Row.of(Columns.ofFields(['id', 'phone1'], ['id', 'phone1'] as Set), 1L, 'a')
        when:
        def after = new RecordSteps([new OpenStep(step, Optional.ofNullable(lookup))], Sinks.retry()).apply([early, rows[1]])

        then:
        after.refusals()*.item()*.origin() == [early]
        after.refusals()*.reason() == ["the record has no field 'phone2', and no record before it had one, did you mean 'phone1'?"
            + " (fields: id, phone1); if it may be missing, read it with getOrDefault('phone2', null), else correct the name"]

        and: 'said to be optional, it is null'
        early.getOrDefault('phone2', null) == null

        where:
        kind        | step                                                                                      | lookup
        'transform' | new RecordStep.Transform({ Row row -> [id: row.get('id'), phone: row.get('phone2')] })    | null
        'reject'    | new RecordStep.Reject({ Row row -> row.get('phone2') == 'x' })                            | null
        'exclude'   | new RecordStep.ExcludeWhere({ Row row -> row.get('phone2') == 'x' })                      | null
        'lookup'    | new RecordStep.Join('shop', [title: { -> 'shops' }] as LookupDefinition, 'phone2', Optional.empty()) | ({ values -> [:] } as Lookup)
    }

    def "a run that resumes knows the optional fields too"() {
        given:
        def file = file('{"records":[{"id":1,"name":"a"},{"id":2}]}')
        def next = new FileSource(file).with { it.splits(1); it.read(null, Cursor.start(), 1).next() }

        expect:
        new FileSource(file).read(null, next, 1).rows()[0].name == null
    }

    def "records are found again by their keys"() {
        expect:
        new FileSource(file('{"records":[{"id":1},{"id":2},{"id":3}]}')).find(['3', '1', '9'])*.id == [1, 3]
    }

    def "an item of an inner list has the other fields of its record"() {
        expect:
        rows(file('{"records":[{"product":1,"lots":[{"lot":"a"},{"lot":"b"}]},{"product":2,"lots":[]}]}').unnest('lots')) ==
                [[product: 1, lot: 'a'], [product: 1, lot: 'b']]
    }

    def "what is no record is handed on with the reason: #text"() {
        given:
        def source = new FileSource(inner ? file(text).unnest(inner) : file(text))

        when:
        def batch = source.read(source.splits(1).first(), Cursor.start(), 10)

        then:
        batch.unreadable()*.reason() == [reason]
        batch.rows().size() == 1

        where:
        text                                                  | inner  || reason
        '{"records":[{"id":1},7]}'                            | null   || 'this is no object'
        '{"records":[null,{"id":1}]}'                         | null   || 'this is no object'
        '{"records":[{"id":1},{"id":2,"lots":[{"a":1}]}]}'    | 'lots' || "it has no list 'lots'"
        '{"records":[{"id":2,"lots":[{"a":1},"b"]}]}'         | 'lots' || 'this is no object'
    }

    def "a file that is missing, cut, or another is refused before its first record, with the place and what to do: #text"() {
        given:
        def source = new FileSource(text == null ? RecordFile.document(folder.resolve('none.json'), 'records', "run the step 'download' first, which makes it") : file(text))

        when:
        source.splits(1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(told)
        failure.message.contains("run the step 'download' first, which makes it")
        failure.message.contains(folder as String)

        where:
        text                                     || told
        null                                     || 'there is no such file'
        ''                                       || 'it is empty'
        '{"records":[{"id":1},{"id":'            || 'the file is cut: it ends at line 1, column'
        '{"records":[{"id":1}]'                  || 'the file is cut'
        '{"records":[{"id":1}],"count":'         || 'the file is cut'
        '{"records":[{"id":1}\n,{"id":x}]}'      || 'this is no JSON at line 2'
        '{"others":[]}'                          || "it has no list 'records'"
        '{"records":{"id":1}}'                   || "'records' is no list"
        '{"records":[{"id":1}]}{"records":[]}'   || 'something follows its end, at line 1, column 23'
        '{"records":[{"id":1}],"n":{"m":[]}}\n[]' || 'something follows its end'
        '{"records":[{"id":1}]} 7'               || 'something follows its end, at line 1, column 24'
    }

    def "a line that is cut is told with its number"() {
        given:
        def path = folder.resolve('x.jsonl')
        path.toFile().text = '{"id":1}\n{"id":2}\n{"id":'

        when:
        new FileSource(RecordFile.lines(path, '')).splits(1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('line 3')
    }

    def "a line is one value: whatever follows it is told with file and line, and never dropped: #text"() {
        given:
        def path = folder.resolve('x.jsonl')
        path.toFile().text = '{"id":1}\n' + text

        when:
        new FileSource(RecordFile.lines(path, '')).splits(1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(path as String)
        failure.message.contains('line 2 ' + told)

        where:
        text                       || told
        '{"id":2}{"id":3}\n'       || 'has something after its JSON value, at column 9'
        '{"id":2},\n{"id":3}\n'    || 'is not a whole JSON value'
        '{"id":2} x\n'             || 'is not a whole JSON value'
        '{"id":2}}\n'              || 'is not a whole JSON value'
        '7 8\n'                    || 'has something after its JSON value, at column 3'
    }

    def "what stands beside the list ends with the document: #text"() {
        given:
        def path = folder.resolve('lake.json')
        path.toFile().text = text

        when:
        Header.of(path, 'records')

        then:
        def failure = thrown IOException
        failure.message.contains('something follows its end')

        where:
        text << ['{"records":[],"count":0}{"count":1}', '{"records":[]}\n[]']
    }

    def "a file is read whatever its byte order mark, and whether it is packed: #what"() {
        given:
        def path = folder.resolve(name)
        def bytes = (mark + text.getBytes('UTF-8').toList()) as byte[]
        path.toFile().bytes = packed ? gzip(bytes) : bytes

        expect:
        rows(name.contains('jsonl') ? RecordFile.lines(path, '') : RecordFile.document(path, 'records', '')) == [[id: 1, name: 'Ñuñoa ✓']]

        where:
        what                           | name        | mark             | packed | text
        'lines with a mark'            | 'a.jsonl'   | [0xef, 0xbb, 0xbf] | false  | '{"id":1,"name":"Ñuñoa ✓"}\n'
        'lines, packed'                | 'a.jsonl.gz'| []               | true   | '{"id":1,"name":"Ñuñoa ✓"}\n'
        'lines, packed, not so named'  | 'a.jsonl'   | []               | true   | '{"id":1,"name":"Ñuñoa ✓"}\n'
        'lines with a mark, packed'    | 'a.jsonl.gz'| [0xef, 0xbb, 0xbf] | true   | '{"id":1,"name":"Ñuñoa ✓"}\n'
        'a document with a mark'       | 'a.json'    | [0xef, 0xbb, 0xbf] | false  | '{"records":[{"id":1,"name":"Ñuñoa ✓"}]}'
        'a document, packed'           | 'a.json.gz' | []               | true   | '{"records":[{"id":1,"name":"Ñuñoa ✓"}]}'
    }

    def "a file in another form is refused with its name, what it looks like, and what to do: #name #told"() {
        given:
        def path = folder.resolve(name)
        path.toFile().bytes = bytes

        when:
        new FileSource(name.contains('jsonl') ? RecordFile.lines(path, '') : RecordFile.document(path, 'records', '')).splits(1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains(path as String)
        failure.message.contains(told)
        failure.message.contains(advice)

        where:
        name         | bytes                                                    || told                           | advice
        'a.jsonl'    | '{"id":1}\n'.getBytes('UTF-16')                           || 'looks like UTF-16'            | 'iconv -f UTF-16 -t UTF-8'
        'b.jsonl'    | '{"id":1}\n'.getBytes('UTF-16LE')                         || 'looks like UTF-16'            | 'iconv'
        'c.jsonl'    | '{"id":1}\n'.getBytes('UTF-16BE')                         || 'looks like UTF-16'            | 'iconv'
        'd.jsonl'    | '{"id":1}\n'.getBytes('UTF-32')                           || 'looks like UTF-32'            | 'iconv'
        'e.jsonl'    | '{"id":1}\n{"id":2,"n":"Ñuñoa"}\n'.getBytes('ISO-8859-1')  || 'looks like Latin-1'           | 'iconv -f WINDOWS-1252 -t UTF-8'
        'a.json'     | '{"records":[{"n":"Ñuñoa"}]}'.getBytes('ISO-8859-1')      || 'looks like Latin-1'           | 'iconv -f WINDOWS-1252 -t UTF-8'
        'b.json'     | '{"records":[]}'.getBytes('UTF-16')                       || 'looks like UTF-16'            | 'iconv'
        'f.jsonl.gz' | '{"id":1}\n'.getBytes('UTF-8')                            || 'not packed with gzip'         | 'rename or replace it'
        'g.jsonl.gz' | gzip('{"id":1}\n'.getBytes('UTF-8')).toList().dropRight(9) as byte[] || 'the file is cut' | 'replace the file'
        'c.json.gz'  | gzip('{"records":[]}'.getBytes('UTF-8')).toList().dropRight(9) as byte[] || 'the file is cut' | 'replace the file'
        'h.jsonl'    | [0x50, 0x4b, 3, 4, 0, 0] as byte[]                        || 'a zip archive'                | 'unpack it'
        'i.jsonl'    | [0x28, 0xb5, 0x2f, 0xfd, 0, 0] as byte[]                  || 'packed with zstd'             | 'unpack it'
    }

    private static byte[] gzip(byte[] bytes) {
        def packed = new ByteArrayOutputStream()
        new GZIPOutputStream(packed).withCloseable { it.write(bytes) }
        packed.toByteArray()
    }

    def "a position holds for the content that it was made for"() {
        given:
        def file = file('{"records":[{"id":1},{"id":2}]}')
        def source = new FileSource(file)
        def next = source.read(source.splits(1).first(), Cursor.start(), 1).next()
        file.path().toFile().text = '{"records":[{"id":3},{"id":4},{"id":5}]}'

        when:
        new FileSource(file).read(source.splits(1).first(), next, 1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('begin again with --restart')
    }

    def "a check is told what stands beside the list, and its reasons refuse the file"() {
        given:
        def seen = []
        def checked = { reasons -> file('{"source":"relbase","statistics":{"errors":2},"records":[{"id":1}],"after":[1]}')
                .checked({ Row head -> seen << head; reasons } as TotalsFunction) }

        when:
        new FileSource(checked([])).splits(1)

        then:
        seen == [[source: 'relbase', statistics: [errors: 2], after: [1]]]

        when:
        new FileSource(checked(['it had 2 errors', 'it is old'])).splits(1)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('cannot be used so: it had 2 errors; it is old')
    }

    def "it counts what there is now"() {
        expect:
        new FileSource(file('{"records":[{"id":1},{"id":2}]}')).count() == 2
    }
}
