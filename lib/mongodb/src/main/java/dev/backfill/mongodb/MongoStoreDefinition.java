package dev.backfill.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.plan.StoreDefinition;

/** Describes a collection in which each backfill's checkpoint is one document. */
record MongoStoreDefinition(MongoAccess access, String collection) implements StoreDefinition {
    @Override
    public CheckpointStore open(Resources resources, String document) {
        MongoDatabase database = resources
                .shared(access, MongoClient.class, () -> access.open(resources.connections()))
                .getDatabase(access.database());
        DeadLetters letters = new DeadLetters(database.getCollection(collection + "_dead_letters"), document);
        return new MongoStore(new Place(title(), document), database.getCollection(collection), letters);
    }

    @Override
    public String title() {
        return access.database() + "." + collection + " in MongoDB";
    }
}
