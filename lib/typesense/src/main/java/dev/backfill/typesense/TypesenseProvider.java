package dev.backfill.typesense;

import dev.backfill.plan.Settings;
import dev.backfill.plan.WordProvider;

/** Brings the words for Typesense into the language. */
public final class TypesenseProvider implements WordProvider {
    @Override
    public Class<TypesenseWords> words() {
        return TypesenseWords.class;
    }

    @Override
    public TypesenseWords create(Settings settings) {
        return new ConfiguredWords(settings);
    }
}
