package dev.backfill.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.connector.Resources;
import dev.backfill.plan.StoreDefinition;
import java.util.List;

/** Describes a collection in which each backfill's checkpoint is one document. */
record MongoStoreDefinition(MongoAccess access, String collection) implements StoreDefinition {
    @Override
    public CheckpointStore open(Resources resources, String document) {
        MongoDatabase database = resources
                .shared(access, MongoClient.class, () -> access.open(resources.connections()))
                .getDatabase(access.database());
        String beside = collection + "_dead_letters";
        String noted = collection + "_notes";
        DeadLetters letters = new DeadLetters(database.getCollection(beside), document);
        Notes notes = new Notes(database.getCollection(noted), document);
        Place place = new Place(title(), document);
        StoreLook look = new StoreLook(place, database, List.of(collection, beside, noted));
        return new MongoStore(place, database.getCollection(collection), letters, look, notes);
    }

    @Override
    public String title() {
        return access.database() + "." + collection + " in MongoDB";
    }
}
