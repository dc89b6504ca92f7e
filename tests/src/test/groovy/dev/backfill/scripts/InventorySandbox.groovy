package dev.backfill.scripts

import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import com.mongodb.client.model.Updates
import dev.backfill.cli.BackfillCommand
import dev.backfill.dsl.Launch
import dev.backfill.sandbox.Sandbox
import dev.backfill.sandbox.cli.SandboxEntry
import dev.backfill.sandbox.plan.Size
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import groovy.sql.Sql
import org.bson.Document

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path

/** The sandbox of inventory-fields with short ways to what stands in its servers. */
class InventorySandbox implements AutoCloseable {
    static final Path SCRIPT = Path.of('..', 'scripts', 'inventory-fields.groovy')

    @Delegate(excludes = ['close', 'variables'])
    final Sandbox sandbox = new Sandbox(
            (Launch.entry(Path.of('..', 'scripts', 'sandbox', 'inventory-fields.groovy'), [:]) as SandboxEntry).declaration())
    private MongoClient mongo

    static InventorySandbox filled(int rows, Map<String, String> environment = System.getenv()) {
        def started = new InventorySandbox()
        started.start(environment)
        started.fill(new Size(rows, 3))
        started
    }

    Map<String, String> variables(Map<String, String> more = [:]) {
        sandbox.variables() + [SLEEP_BETWEEN_BATCHES: '0'] + more
    }

    int run(List<String> arguments = ['--quiet'], Map<String, String> more = [:]) {
        Launch.run(SCRIPT, arguments, variables(more))
    }

    /** Runs a command of a script and gives what it told: the exit code, and what it printed to both outputs. */
    Told tell(List<String> arguments, Map<String, String> more = [:], Path script = SCRIPT) {
        def out = new StringWriter()
        def err = new StringWriter()
        def code = BackfillCommand.execute(Launch.load(script, arguments, variables(more)), arguments, new PrintWriter(out), new PrintWriter(err))
        new Told(code, out.toString(), err.toString())
    }

    @groovy.transform.Immutable
    static class Told {
        int code
        String out
        String err
    }

    /** Everything that stands in the three servers, of PostgreSQL also where each row stands and who wrote it. */
    List<Object> everything() {
        [tables(), description(), export().readLines(), collections()]
    }

    private List<Object> tables() {
        sql { sql ->
            def names = sql.rows("""select format('%I.%I', table_schema, table_name) as name from information_schema.tables
                    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1""")*.name
            names.collect { name -> [name, sql.rows("select ctid::text || ' ' || xmin || ' ' || t as row from $name t order by ctid".toString())*.row] }
        }
    }

    /** Every product as it stands in its table, with its place and who wrote it. */
    Map<String, String> rows() {
        sql { it.rows("select id, ctid::text || ' ' || xmin || ' ' || products as row from products").collectEntries { row -> [row.id, row.row] } }
    }

    /** Every document as search exports it, letter by letter. */
    Map<String, String> lines() {
        export().readLines().collectEntries { [(new JsonSlurper().parseText(it) as Map).id, it] }
    }

    private Map<String, List<String>> collections() {
        mongo = mongo ?: MongoClients.create(sandbox.mongodb().get().uri())
        mongo.listDatabaseNames().collectMany { database ->
            mongo.getDatabase(database).listCollectionNames().collect { [database, it] }
        }.collectEntries { database, name -> ["$database.$name" as String, mongo.getDatabase(database).getCollection(name).find()*.toJson()] }
    }

    private String description() {
        ask(HttpRequest.newBuilder(at('')).GET())
    }

    def <T> T sql(@groovy.transform.stc.ClosureParams(value = groovy.transform.stc.SimpleType, options = 'groovy.sql.Sql') Closure<T> work) {
        Sql.newInstance(sandbox.postgres().dataSource()).withCloseable(work)
    }

    /** The checkpoint's document; null before the first save. */
    Document checkpoint() {
        checkpoints().find { it._id == 'backfill_inventory_fields' }
    }

    /** All documents of the checkpoint's collection. */
    List<Document> checkpoints() {
        kept().find() as List
    }

    /** Lets the last heartbeat be so old that the lease has expired. */
    void age(String document) {
        kept().updateOne(Filters.eq('_id', document), Updates.set('backfill.beat_at', new Date(0)))
    }

    private MongoCollection<Document> kept() {
        mongo = mongo ?: MongoClients.create(sandbox.mongodb().get().uri())
        mongo.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint')
    }

    /** Every product's id with its deleted_at. */
    Map<String, Object> products() {
        sql { it.rows('select id, deleted_at from products').collectEntries { row -> [row.id, row.deleted_at] } }
    }

    /** Every document by its id. */
    Map<String, Map<String, Object>> documents() {
        export().readLines().collect { new JsonSlurper().parseText(it) as Map<String, Object> }.collectEntries { [it.id, it] }
    }

    private String export() {
        ask(HttpRequest.newBuilder(at('/documents/export')).GET())
    }

    /** Writes documents as the application does. */
    void update(String lines) {
        ask(HttpRequest.newBuilder(at('/documents/import?action=update')).POST(HttpRequest.BodyPublishers.ofString(lines)))
    }

    /** Makes a collection. */
    void create(String name, List<Map<String, Object>> fields) {
        def uri = URI.create("${sandbox.search().get().uri()}/collections")
        ask(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(JsonOutput.toJson([name: name, fields: fields]))))
    }

    private URI at(String path) {
        URI.create("${sandbox.search().get().uri()}/collections/products_search$path")
    }

    private String ask(HttpRequest.Builder request) {
        request.header('X-TYPESENSE-API-KEY', sandbox.search().get().apiKey())
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request.build(), HttpResponse.BodyHandlers.ofString()).body()
    }

    @Override
    void close() {
        mongo?.close()
        sandbox.close()
    }
}
