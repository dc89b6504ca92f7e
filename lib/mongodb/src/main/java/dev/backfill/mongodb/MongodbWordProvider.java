package dev.backfill.mongodb;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Gives the language its MongoDB words. */
public final class MongodbWordProvider implements WordProvider {
    @Override
    public Class<?> words() {
        return MongodbWords.class;
    }

    @Override
    public MongodbWords create(Settings settings) {
        return () -> new Mongodb(MongoAccess.from(settings));
    }
}
