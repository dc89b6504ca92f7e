package dev.backfill.mongodb;

import dev.backfill.plan.StoreDefinition;
import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** A MongoDB database as a script names it; connects to nothing. */
@Noun(value = "MongoDB database", task = Task.CHECKPOINT)
public final class Mongodb {
    private final MongoAccess access;

    Mongodb(MongoAccess access) {
        this.access = access;
    }

    @Word(
            value = "Keeps checkpoints in a collection, and dead letters in another one, <name>_dead_letters.",
            example = "collection('inventory_backfill_checkpoint')")
    public StoreDefinition collection(String name) {
        return new MongoStoreDefinition(access, name);
    }
}
