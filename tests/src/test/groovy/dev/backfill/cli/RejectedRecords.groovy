package dev.backfill.cli

import dev.backfill.foundationdb.Records
import dev.backfill.http.read.PagedServer
import dev.backfill.sandbox.typesense.SearchServers
import dev.backfill.sandbox.typesense.TypesenseApi
import groovy.json.JsonOutput
import groovy.sql.Sql

import java.nio.file.Files
import java.nio.file.Path

/**
 * Five records in a source of some kind: the first is taken, the second and fifth are rejected by the target, the third too and it
 * lacks the optional note, and of the fourth no record can be made where the kind of source has such.
 */
abstract class RejectedRecords implements AutoCloseable {
    static final String LONG = 'a label that is too long'

    /** The key of the record in messages, and its id in the target. */
    String key(int n) { "r$n" }

    /** The key under which the source reports the fourth record as unreadable. */
    String unreadable() { key(4) }

    boolean isWithUnreadable() { true }

    abstract String source()

    String transform() { '{ r -> [id: r.id.toString(), label: r.label, note: r.note] }' }

    Map<String, String> variables() { [:] }

    abstract void fill()

    abstract void remove(int n)

    void correct(int n) { }

    static Map<String, ?> fields(int n) {
        def label = n in [2, 3, 5] ? "$LONG $n".toString() : "label $n".toString()
        n == 3 ? [label: label] : [label: label, note: "note $n".toString()]
    }

    @Override
    void close() { }

    static class OfFile extends RejectedRecords {
        final Path folder
        final Map<Integer, String> lines = [:]

        OfFile(Path folder) { this.folder = folder }

        String unreadable() { 'record 4' }

        String source() { "files('$folder').readJsonl('records.jsonl')" }

        void fill() {
            (1..5).each { lines[it] = it == 4 ? '[4]' : line(it) }
            write()
        }

        /** The place of the others stays. */
        void remove(int n) {
            lines[n] = JsonOutput.toJson([id: 'another', label: 'another'])
            write()
        }

        void correct(int n) {
            lines[n] = line(n)
            write()
        }

        private String line(int n) { JsonOutput.toJson([id: key(n)] + fields(n)) }

        private void write() { Files.writeString(folder.resolve('records.jsonl'), lines.values().join('\n')) }
    }

    static class OfItems extends RejectedRecords {
        final PagedServer server = new PagedServer()

        boolean isWithUnreadable() { false }

        String source() { "http('$server.address').get('/list').items('data.products')" }

        void fill() { server.items = (1..5).findAll { it != 4 }.collect { [id: key(it)] + fields(it) } }

        void remove(int n) { server.items.removeIf { it.id == key(n) } }

        void close() { server.close() }
    }

    static class OfAnswers extends RejectedRecords {
        final PagedServer server = new PagedServer()
        final Sql sql

        OfAnswers(Sql sql) { this.sql = sql }

        String source() {
            "http('$server.address').get('/records/{item.id}').forEach(item: db.table('asked').key('id').select('id')).response('found', 'data')"
        }

        String transform() { '{ r -> [id: r.item.id, label: r.found.label, note: r.found.note] }' }

        void fill() {
            sql.execute 'drop table if exists asked'
            sql.execute 'create table asked (id text primary key)'
            (1..5).each {
                sql.execute 'insert into asked values (?)', [key(it)]
                server.pages["/records/${key(it)}".toString()] = [data: fields(it)]
            }
            server.statuses['/records/r4'] = 422
        }

        void remove(int n) { sql.execute 'delete from asked where id = ?', [key(n)] }

        void correct(int n) { server.statuses.clear() }

        void close() { server.close() }
    }

    static class OfTable extends RejectedRecords {
        final Sql sql

        OfTable(Sql sql) { this.sql = sql }

        boolean isWithUnreadable() { false }

        String source() { "db.table('originals').key('id').select('id', 'label', 'note')" }

        void fill() {
            sql.execute 'drop table if exists originals'
            sql.execute 'create table originals (id text primary key, label text, note text)'
            [1, 2, 3, 5].each { sql.execute 'insert into originals values (?, ?, ?)', [key(it), fields(it).label, fields(it).note] }
        }

        void remove(int n) { sql.execute 'delete from originals where id = ?', [key(n)] }
    }

    static class OfDocuments extends RejectedRecords {
        final TypesenseApi api = new TypesenseApi(SearchServers.standIn)
        String collection

        boolean isWithUnreadable() { false }

        String source() { "typesense().collection('$collection').documents('id', 'label', 'note')" }

        Map<String, String> variables() {
            [TYPESENSE_HOST: '127.0.0.1', TYPESENSE_PORT: "${SearchServers.standIn.port()}".toString(), TYPESENSE_API_KEY: SearchServers.standIn.apiKey()]
        }

        void fill() {
            collection = api.collection([[name: 'label', type: 'string'], [name: 'note', type: 'string', optional: true]])
            api.importAll(collection, 'create', [1, 2, 3, 5].collect { [id: key(it)] + fields(it) })
        }

        void remove(int n) { api.send('DELETE', "/collections/$collection/documents/${key(n)}") }

        void close() { api.send('DELETE', "/collections/$collection") }
    }

    static class OfKeyspace extends RejectedRecords {
        final Path file
        final Map<Integer, byte[]> values = [:]

        OfKeyspace(Path folder) { this.file = folder.resolve('records.txt') }

        String key(int n) { Records.id(n).toString() }

        String source() { "foundationdb().keyspace('thing', 't').uuid('id').json(label: 'text', note: 'text')" }

        Map<String, String> variables() { [FDB_STAND_IN: file.toString()] }

        void fill() {
            (1..5).each { values[it] = Records.json(it == 4 ? [label: 4] : fields(it)) }
            write()
        }

        void remove(int n) {
            values.remove(n)
            write()
        }

        void correct(int n) {
            values[n] = Records.json(fields(n))
            write()
        }

        private void write() {
            def hex = HexFormat.of()
            Files.writeString(file, values.collect { n, value -> "${hex.formatHex(Records.key('t', Records.id(n)))}\t${hex.formatHex(value)}" }.join('\n'))
        }
    }
}
