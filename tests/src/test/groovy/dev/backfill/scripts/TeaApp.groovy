package dev.backfill.scripts

import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Launch
import dev.backfill.foundationdb.Records
import dev.backfill.foundationdb.key.Bytes
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql

import java.nio.file.Files
import java.nio.file.Path

import static dev.backfill.foundationdb.Records.id

/** A tea app: records in FoundationDB's stand-in, a PostgreSQL that is empty at first, and the real script between them. */
class TeaApp implements AutoCloseable {
    static final Path SCRIPT = Path.of('..', 'scripts', 'fdb-to-postgres.groovy')

    final settings = PostgresServer.database()
    final Sql sql = PostgresServer.sql(settings)
    private final Map<String, byte[]> records = [:]
    private final Path file

    TeaApp(Path folder) {
        file = folder.resolve('records')
    }

    void put(String prefix, List<?> parts, Object value) {
        records[Bytes.hex(Records.key(prefix, parts as Object[]))] = value instanceof Map ? Records.json(value) : value as byte[]
    }

    void remove(String prefix, List<?> parts) {
        records.remove(Bytes.hex(Records.key(prefix, parts as Object[])))
    }

    void user(int n, Map<String, ?> fields = [AppleID: "apple $n".toString()]) { put('u', [id(n)], fields) }

    void tea(int n, Map<String, ?> fields = [name: "tea $n".toString(), type: 'tea', description: null]) { put('r', [id(n)], fields) }

    void qr(int n, int tea, Map<String, ?> more = [:]) {
        put('q', [id(n)], [Tea: id(tea).toString(), BowlingTemp: 80, ExpirationDate: '0001-01-01T00:00:00Z'] + more)
    }

    void device(int n, Map<String, ?> fields) { put('d', [id(n)], [Token: "token $n".toString()] + fields) }

    void owns(int user, int device) { put('id', [id(user), id(device)], Bytes.of(id(device))) }

    String dsn() { "postgres://postgres:postgres@127.0.0.1:$settings.port/$settings.database?sslmode=disable" }

    Map<String, String> variables() {
        Files.writeString(file, records.collect { key, value -> "$key\t${Bytes.hex(value)}\n" }.join(''))
        [PG_DSN: dsn(), FDB_STAND_IN: file as String]
    }

    /** Runs a command of the script: the exit code, and what it told. */
    InventorySandbox.Told tell(List<String> arguments, Map<String, String> variables = variables()) {
        def out = new StringWriter()
        def err = new StringWriter()
        def code = BackfillCommand.execute(Launch.load(SCRIPT, arguments, variables), arguments, new PrintWriter(out), new PrintWriter(err))
        new InventorySandbox.Told(code, out.toString(), err.toString())
    }

    /** Runs it from its start, with the tables. */
    InventorySandbox.Told run(String... more) {
        tell(['run', '--restart', '--create-schema', *more])
    }

    /** The key of each dead letter with its reason, by phase. */
    Map<String, Map<String, String>> letters() {
        sql.rows('select phase, key, error from backfill.dead_letters where not former order by key').groupBy { it.phase as String }
                .collectEntries { phase, rows -> [phase, rows.collectEntries { [it.key, it.error] }] }
    }

    List<UUID> ids(String table) {
        sql.rows("select id from $table order by id".toString())*.id as List<UUID>
    }

    @Override
    void close() { sql.close() }
}
