package dev.backfill.foundationdb.read

import com.apple.foundationdb.Database
import com.apple.foundationdb.Range
import com.apple.foundationdb.Transaction
import dev.backfill.connector.Cursor
import dev.backfill.connector.UnfitScopeException
import dev.backfill.connector.FilterableSource
import dev.backfill.connector.Scope
import dev.backfill.connector.Source
import dev.backfill.connector.SourceContract
import dev.backfill.foundationdb.connection.Cluster
import dev.backfill.foundationdb.key.Bytes
import dev.backfill.foundationdb.key.KeyLayout
import dev.backfill.foundationdb.key.KeyPart
import dev.backfill.foundationdb.value.FieldType
import dev.backfill.foundationdb.value.JsonFields
import dev.backfill.time.SystemTime

import java.time.Instant

import static dev.backfill.foundationdb.Records.id
import static dev.backfill.foundationdb.Records.json
import static dev.backfill.foundationdb.Records.key

/** What reading a keyspace promises, on any cluster. It keeps to keys that begin with the name below, so a real one is left as it was. */
abstract class KeyspaceSourceContract extends SourceContract {
    static final String PREFIX = 'backfill-spec-u'

    abstract Database database()

    List<String> written = []

    void cleanup() {
        clear()
    }

    private void clear() {
        database().run { Transaction it -> it.clear(Range.startsWith(Bytes.of(PREFIX))); null }
    }

    void write(Map<byte[], byte[]> records) {
        database().run { Transaction to -> records.each { key, value -> to.set(key, value) }; null }
    }

    KeyspaceSource open(Map<String, FieldType> fields = [AppleID: FieldType.TEXT]) {
        def layout = new KeyLayout(PREFIX, [new KeyPart.Uuid('user_id')], false)
        new KeyspaceSource(new Cluster(database(), new SystemTime(), 'a cluster'), new Keyspace('user', layout, new JsonFields(fields)))
    }

    @Override
    Source sourceOf(int records) {
        clear()
        written = (1..<records + 1).collect { id(it).toString() }
        write((1..<records + 1).collectEntries { [(key(PREFIX, id(it))): json(AppleID: "apple $it")] })
        open()
    }

    @Override
    List<String> keys() { written }

    @Override
    Source misspelt() { open(nmae: FieldType.ANY) }

    @Override
    boolean namesColumns() { false }

    def "a field that no value has is null"() {
        given:
        sourceOf(1)
        def source = misspelt()

        expect:
        source.read(source.splits(1).first(), Cursor.start(), 1).rows() == [[user_id: id(1), nmae: null]]
    }

    def "records are found by their keys, and those that are gone are not"() {
        given:
        def source = sourceOf(5) as KeyspaceSource

        expect:
        source.find([4, 2, 77].collect { id(it).toString() })*.get('AppleID').toSet() == ['apple 4', 'apple 2'].toSet()
    }

    def "a part is read by its first and its last key"() {
        given:
        def part = (sourceOf(9) as FilterableSource).filter(new Scope(Optional.of(id(3).toString()), Optional.of(id(5).toString()), Optional.empty()))

        expect:
        walk(part, 2).collectMany { it.rows() }*.get('AppleID') == ['apple 3', 'apple 4', 'apple 5']
    }

    def "a condition, or a text that is no key, is refused with what could be said instead"() {
        when:
        (sourceOf(1) as FilterableSource).filter(scope)

        then:
        def failure = thrown UnfitScopeException
        failure.message.contains(told)

        where:
        scope                                                              || told
        new Scope(Optional.empty(), Optional.empty(), Optional.of('a = 1')) || '--from and --to'
        new Scope(Optional.of('77'), Optional.empty(), Optional.empty())    || "'77' is no key"
    }

    def "other keys that begin with the same byte are told, and are no records"() {
        given:
        def source = sourceOf(2)
        write([(key(PREFIX, 'short'.bytes)): 'x'.bytes, (key(PREFIX, id(1), 'longer'.bytes)): json(AppleID: 'no'), (key(PREFIX)): 'bare'.bytes])

        when:
        def batches = walk(source, 2)

        then:
        batches.collectMany { it.rows() }*.get('user_id') == [id(1), id(2)]
        batches.every { it.size() <= 2 }
        batches.collectMany { it.unreadable() }*.reason().toSet() == [15, 20, 37].collect {
            "decode error: the key has $it bytes instead of 31, so it is none of a user".toString()
        }.toSet()
    }

    def "a value that is no such JSON is told with its key and its bytes: #value"() {
        given:
        def source = sourceOf(0)
        write([(key(PREFIX, id(1))): value])

        when:
        def batch = source.read(source.splits(1).first(), Cursor.start(), 10)

        then:
        batch.rows().empty
        with(batch.unreadable().first()) {
            it.key() == id(1).toString()
            it.reason().startsWith('decode error: ' + reason)
            it.payload().contains('"value":"' + Bytes.hex(value) + '"')
        }

        where:
        value                             || reason
        [] as byte[]                      || 'the value is empty'
        '{"AppleID"'.bytes                || 'no JSON object'
        '[1]'.bytes                       || 'no JSON object'
        'null'.bytes                      || 'not a JSON object but null'
        '{"AppleID":"a"} x'.bytes         || 'no JSON object'
        [0xC3, 0x28] as byte[]            || 'no JSON object'
        '{"AppleID":12}'.bytes            || 'AppleID is not a text: 12'
    }

    def "names of fields are the same whatever their case and underscores; the one written so wins"() {
        given:
        def source = sourceOf(0)
        write([(key(PREFIX, id(1))): text.bytes])

        expect:
        source.read(source.splits(1).first(), Cursor.start(), 10).rows()*.get('AppleID') == ['right']

        where:
        text << ['{"AppleID":"right"}', '{"apple_id":"right"}', '{"appleId":"right"}', '{"APPLE_ID":"right"}',
                 '{"apple_id":"wrong","AppleID":"right"}', '{"AppleID":"right","apple_id":"wrong"}', '{"AppleID":null,"apple_id":"right"}']
    }

    def "a value of which nothing is asked may be anything"() {
        given:
        def source = sourceOf(0)
        write([(key(PREFIX, id(1))): [] as byte[], (key(PREFIX, id(2))): '{'.bytes])

        expect:
        open([:]).read(source.splits(1).first(), Cursor.start(), 10).rows() == [[user_id: id(1)], [user_id: id(2)]]
    }

    def "Go's zero time is a time like any other"() {
        given:
        def source = sourceOf(0)
        write([(key(PREFIX, id(1))): json(ExpirationDate: '0001-01-01T00:00:00Z', BowlingTemp: 80, Tea: id(7).toString())])

        when:
        def typed = open(Tea: FieldType.UUID, BowlingTemp: FieldType.INT, ExpirationDate: FieldType.TIME)
        def rows = typed.read(source.splits(1).first(), Cursor.start(), 10).rows()

        then:
        rows == [[user_id: id(1), Tea: id(7), BowlingTemp: 80L, ExpirationDate: Instant.parse('0001-01-01T00:00:00Z')]]
    }

    def "splits follow each other: each begins where the one before ends"() {
        given:
        def splits = sourceOf(40).splits(4)

        expect:
        splits.size() == 4
        splits[0].after() == Cursor.start()
        (1..3).every { splits[it].after() == splits[it - 1].upTo().get() }
        splits.last().upTo().get().text() == Bytes.hex(key(PREFIX, id(40)))
    }

    def "which cluster and which keyspace it is can be told"() {
        expect:
        (sourceOf(1) as KeyspaceSource).identity() == "a cluster, prefix $PREFIX"
    }
}
