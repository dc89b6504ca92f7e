package dev.backfill.scripts

import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import dev.backfill.checkpoint.AdoptingStore
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.dsl.Launch
import dev.backfill.run.OpenResources
import groovy.json.JsonOutput
import org.bson.Document
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Timeout

import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** What the Python script left in the middle of its first phase, taken over. */
@Stepwise
@Timeout(180)
class LegacySpec extends Specification {
    static final String ID = 'backfill_inventory_fields'
    static final Set<String> FIELDS = ['phase', 'last_id', 'last_page', 'batch_no', 'total_processed', 'updated_supabase',
                                       'updated_typesense', 'default_set_count']

    @Shared @AutoCleanup InventorySandbox sandbox = InventorySandbox.filled(2_000)
    @Shared Document left
    @Shared List<String> failed
    @Shared int undated = sandbox.products().values().count { it == null }

    /** Six batches of 200: of the third PostgreSQL refused all; search got 0 for every product, deleted or not. */
    def setupSpec() {
        def ids = sandbox.sql { it.rows('select id from products order by id limit 1200')*.id } as List<String>
        def documents = sandbox.documents().keySet()
        failed = ids.subList(400, 600)
        int rows = 0
        ids.collate(200).each { batch ->
            if (batch != failed) {
                rows += sandbox.sql { sql -> batch.sum { sql.executeUpdate('update products set deleted_at = 0 where id = ? and deleted_at is null', [it]) } as int }
                sandbox.update(batch.findAll { it in documents }.collect { JsonOutput.toJson([id: it, created_at: 0, deleted_at: 0]) }.join('\n'))
            }
        }
        left = new Document([_id: ID, phase: 1, last_id: ids.last(), last_page: 0, batch_no: 6, total_processed: 1200, updated_supabase: rows,
                             updated_typesense: 900, default_set_count: 0, last_updated: '2026-02-03T04:05:06'])
        kept { it.insertOne(left) }
    }

    private <T> T kept(Closure<T> work) {
        MongoClients.create(sandbox.sandbox.mongodb().get().uri()).withCloseable {
            work(it.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint') as MongoCollection<Document>)
        }
    }

    def "without being told to, it is refused, and the message says how"() {
        when:
        def told = sandbox.tell(command)

        then:
        told.code == code
        (told.out + told.err).contains('it is the checkpoint of the earlier Python script (phase 1, ')
        (told.out + told.err).contains('Take it over with --accept-legacy')
        sandbox.checkpoint() == left

        where:
        command    | code
        []         | 1
        ['plan']   | 5
        ['status'] | 1
    }

    def "a look and a dry run tell what would come, and leave all as it was"() {
        given:
        def before = sandbox.everything()

        expect:
        with(sandbox.tell(['plan', '--accept-legacy'])) {
            code == 0
            out.contains("first the records of products up to '${left.last_id}' are done again where deleted_at is null or deleted_at >= 1")
        }
        with(sandbox.tell(['--dry-run', '--accept-legacy'])) {
            code == 0
            out.contains('2,000 read')
        }
        sandbox.everything() == before
    }

    def "a start that ends in the part that is done again leaves the document as it is"() {
        when:
        def told = sandbox.tell(['--accept-legacy', '--limit', '100', '--batch-size', '50'])

        then:
        told.code == 4
        told.out.contains('--accept-legacy')
        sandbox.checkpoint() == left
    }

    def "it is taken over, and ends in a validated state"() {
        when:
        def told = sandbox.tell(['--accept-legacy'])
        def now = sandbox.checkpoint()

        then:
        told.code == 0
        failed.every { sandbox.products()[it] != null }
        sandbox.tell(['validate']).code == 0
        now.keySet() == FIELDS + ['_id', 'backfill']
        now.phase == 2
        now.total_processed == 2_000 + sandbox.documents().size()
        now.updated_supabase == undated
        sandbox.inspect().findings().findAll { !it.holds() }*.sentence() - 'the checkpoint is done, with true counts' == []
    }

    def "the flag may stay in the command: a later start looks for new rows, and finds nothing to do"() {
        given:
        def seen = { [sandbox.rows(), sandbox.export().readLines(), sandbox.checkpoint().findAll { it.key != 'backfill' }] }
        def before = seen()

        expect:
        def told = sandbox.tell(['--accept-legacy'])
        told.code == 0
        told.out.contains('nothing to do: run ')
        seen() == before
    }

    def "a program that writes there while a run is on is a lost lease"() {
        given:
        def threads = Executors.newSingleThreadExecutor()
        def started = sandbox.checkpoint().backfill.epoch

        when:
        def run = threads.submit({ sandbox.tell(['--restart', '--batch-size', '100'], [SLEEP_BETWEEN_BATCHES: '0.3']) } as Callable<InventorySandbox.Told>)
        while (sandbox.checkpoint().backfill.epoch == started) { Thread.onSpinWait() }
        kept { it.replaceOne(Filters.eq('_id', ID), left) }
        def told = run.get()

        then:
        told.code == 6
        told.err.contains('another program writes here; it is the checkpoint of the earlier Python script')
        sandbox.checkpoint() == left

        cleanup:
        threads.shutdownNow()
    }

    def "a document that changes while its part is done again is not taken over"() {
        when:
        def store = Launch.load(InventorySandbox.SCRIPT, [], sandbox.variables()).backfill().store().get()
        def resources = new OpenResources(2)
        def place = store.open(resources, ID) as AdoptingStore
        def seen = place.foreign().get()
        kept { it.updateOne(Filters.eq('_id', ID), new Document('$set', [last_id: 'later'] as Document)) }
        place.adopt(seen, Optional.empty())

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains('another program has written there in between')
        sandbox.checkpoint().last_id == 'later'

        cleanup:
        resources?.close()
    }
}
