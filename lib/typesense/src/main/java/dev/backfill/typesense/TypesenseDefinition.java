package dev.backfill.typesense;

import dev.backfill.typesense.client.Endpoint;
import java.util.concurrent.ConcurrentHashMap;

/** Describes a server. */
record TypesenseDefinition(Endpoint endpoint) implements TypesenseWords.Typesense {
    @Override
    public CollectionDefinition collection(String name) {
        return new CollectionDefinition(endpoint, name, ConcurrentHashMap.newKeySet());
    }
}
