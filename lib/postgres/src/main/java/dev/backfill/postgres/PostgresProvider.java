package dev.backfill.postgres;

import dev.backfill.plan.ScriptContext;
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
        return create(settings, ScriptContext.none());
    }

    @Override
    public PostgresWords create(Settings settings, ScriptContext context) {
        return new ConfiguredWords(settings, context);
    }
}
