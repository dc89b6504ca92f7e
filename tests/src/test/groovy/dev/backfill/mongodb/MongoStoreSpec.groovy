package dev.backfill.mongodb

import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import com.mongodb.client.model.Updates
import de.bwaldvogel.mongo.MongoServer
import de.bwaldvogel.mongo.backend.memory.MemoryBackend
import dev.backfill.checkpoint.Checkpoint
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointStoreContract
import dev.backfill.checkpoint.AcquireCondition
import dev.backfill.checkpoint.ForeignCheckpointException
import dev.backfill.checkpoint.Lease
import dev.backfill.checkpoint.LeaseLostException
import dev.backfill.checkpoint.PhaseState
import dev.backfill.connector.FatalFailure
import dev.backfill.plan.Settings
import dev.backfill.run.OpenResources
import org.bson.Document
import spock.lang.AutoCleanup
import spock.lang.Shared

import java.time.Duration

import static dev.backfill.checkpoint.Checkpoints.at
import static dev.backfill.checkpoint.Checkpoints.letter
import static dev.backfill.checkpoint.Checkpoints.owner

class MongoStoreSpec extends CheckpointStoreContract {
    @Shared
    @AutoCleanup('shutdownNow')
    MongoServer server = new MongoServer(new MemoryBackend())

    @Shared
    String address = server.bindAndGetConnectionString()

    @Shared
    @AutoCleanup
    MongoClient other = MongoClients.create(address)

    @AutoCleanup
    def resources = new OpenResources(4)

    def setup() {
        other.getDatabase('checkpoint_db').drop()
    }

    CheckpointStore openHandle(String document) {
        new MongodbWordProvider().create(new Settings([MONGO_URI: address])).mongodb()
            .collection('inventory_backfill_checkpoint').open(resources, document)
    }

    void age(String document, Duration time) {
        def beat = stored(document).get('backfill', Document).getDate('beat_at')
        collection.updateOne(Filters.eq('_id', document),
            Updates.set('backfill.beat_at', Date.from(beat.toInstant() - time)))
    }

    List<String> leaveForeign(String document) {
        collection.insertOne(new Document('_id', document).append('cursor', 17L).append('ünder', 'way'))
        [document, 'inventory_backfill_checkpoint', 'cursor', 'ünder']
    }

    Map<String, Object> visibleFields(String document) {
        stored(document).findAll { !(it.key in ['_id', 'backfill']) }
    }

    Document stored(String document = DOCUMENT) {
        collection.find(Filters.eq('_id', document)).first()
    }

    MongoCollection<Document> getCollection() {
        other.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint')
    }

    private Document earlierScripts(Map<String, Object> changes = [:]) {
        new Document([_id: DOCUMENT, phase: 1, last_id: 'p-77', last_page: 0, batch_no: 4, total_processed: 4000,
                      updated_supabase: 3990, updated_typesense: 3800, default_set_count: 0,
                      last_updated: '2025-03-01T10:00:00'] + changes)
    }

    def "the document has the documented fields and one of ours, and nothing else"() {
        given:
        def store = open()

        when:
        store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1, [phase: 1L, last_id: 'p-1']))

        then:
        stored().keySet() == ['_id', 'phase', 'last_id', 'backfill'] as Set
        stored().get('backfill', Document).keySet() ==
            ['epoch', 'version', 'owner', 'beats', 'beat_at', 'state'] as Set
        collection.countDocuments() == 1
    }

    def "an owner of a time when nobody could be revoked is one who is not"() {
        given:
        open().acquire(owner(1), AcquireCondition.ifFree())
        collection.updateOne(Filters.eq('_id', DOCUMENT), Updates.unset('backfill.owner.displaced'))

        expect:
        open().read().holder().get().owner() == owner(1)
    }

    def "the earlier Python script's document is recognised, and nothing of it is touched"() {
        given:
        collection.insertOne(earlierScripts())

        when:
        open().acquire(owner(1), AcquireCondition.ifFree())

        then:
        def refusal = thrown(ForeignCheckpointException)
        refusal.message.contains("the earlier Python script (phase 1, last_id 'p-77', total_processed 4000")
        refusal.message.contains('Take it over with --accept-legacy')
        refusal.message.contains('keep a copy')
        stored() == earlierScripts()
    }

    def "a document of the same fields that our runtime wrote is ours"() {
        given:
        def store = open()
        def fields = earlierScripts().findAll { !(it.key in ['_id', 'last_updated']) }

        when:
        store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1, fields))

        then:
        open().read().checkpoint().get().fields() == fields
    }

    def "an owner whose document the earlier script replaces has lost its lease, and is told to whom"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        collection.replaceOne(Filters.eq('_id', DOCUMENT), earlierScripts())

        when:
        step(store, lease)

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains('another program writes here')
        lost.message.contains('the earlier Python script')
        stored() == earlierScripts()

        where:
        step << STEPS
    }

    def "an owner whose document is removed has lost its lease"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        collection.deleteOne(Filters.eq('_id', DOCUMENT))

        when:
        step(store, lease)

        then:
        def lost = thrown(LeaseLostException)
        lost.message.contains('the document is gone')
        stored() == null

        where:
        step << STEPS
    }

    static final List<Closure> STEPS = [
        { CheckpointStore it, Lease with -> it.save(with, at(9)) },
        { CheckpointStore it, Lease with -> it.renew(with) },
        { CheckpointStore it, Lease with -> it.clear(with) },
        { CheckpointStore it, Lease with -> it.addDeadLetters(with, [letter()]) },
    ]

    def "a documented field that MongoDB or we could not hold is refused by name"() {
        given:
        def store = open()
        def lease = store.acquire(owner(1), AcquireCondition.ifFree())

        when:
        store.save(lease, at(1, [(name): 1L]))

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains("'$name'")
        store.save(lease, at(1)) == lease.saved()

        where:
        name << ['backfill', '_id', '$set', 'last.id', '']
    }

    def "a run too large for a document fails for good and says what to do, and the last state stays"() {
        given:
        def store = open()
        def lease = store.save(store.acquire(owner(1), AcquireCondition.ifFree()), at(1))
        def phase = PhaseState.pending('x' * 17_000_000, 0)
        def huge = at(2).run().with(0, phase)

        when:
        store.save(lease, new Checkpoint(huge, [:]))

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('16 MB')
        store.read().checkpoint().get() == at(1)
    }

    def "dead letters lie in a collection beside, where a person can query them"() {
        given:
        def store = open()

        when:
        store.addDeadLetters(store.acquire(owner(1), AcquireCondition.ifFree()), [letter()])

        then:
        def found = other.getDatabase('checkpoint_db').getCollection('inventory_backfill_checkpoint_dead_letters')
            .find(new Document(backfill: DOCUMENT, key: 'p-1')).first()
        found.payload == letter().payload()
        found.at == Date.from(letter().at())
    }
}
