package dev.backfill.foundationdb;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Brings the words for FoundationDB into the language. */
public final class FoundationdbProvider implements WordProvider {
    @Override
    public Class<FoundationdbWords> words() {
        return FoundationdbWords.class;
    }

    @Override
    public FoundationdbWords create(Settings settings) {
        return new ConfiguredWords(settings);
    }
}
