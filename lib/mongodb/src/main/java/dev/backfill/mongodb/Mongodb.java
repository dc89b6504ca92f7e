package dev.backfill.mongodb;

import dev.backfill.plan.StoreDefinition;
import dev.backfill.words.Noun;
import dev.backfill.words.Word;

/** A MongoDB database as a script names it; connects to nothing. */
@Noun("MongoDB database")
public final class Mongodb {
    private final MongoAccess access;

    Mongodb(MongoAccess access) {
        this.access = access;
    }

    @Word(
            value = "A collection to keep checkpoints in; dead letters go to another one, <name>_dead_letters.",
            example = "collection('inventory_backfill_checkpoint')")
    public StoreDefinition collection(String name) {
        return new MongoStoreDefinition(access, name);
    }
}
