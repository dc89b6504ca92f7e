package dev.backfill.postgres;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Brings the words for PostgreSQL into the language. */
public final class PostgresProvider implements WordProvider {
    @Override
    public Class<PostgresWords> words() {
        return PostgresWords.class;
    }

    @Override
    public PostgresWords create(Settings settings) {
        return new ConfiguredWords(settings);
    }
}
