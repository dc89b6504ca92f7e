package dev.backfill.mongodb

import com.mongodb.client.MongoClient
import com.mongodb.client.MongoClients
import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import com.mongodb.client.model.Updates
import de.bwaldvogel.mongo.MongoServer
import de.bwaldvogel.mongo.backend.memory.MemoryBackend
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointStoreContract
import dev.backfill.plan.Settings
import org.bson.Document
import spock.lang.AutoCleanup
import spock.lang.Shared

import java.time.Duration

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
    def resources = new OpenResources()

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
}
