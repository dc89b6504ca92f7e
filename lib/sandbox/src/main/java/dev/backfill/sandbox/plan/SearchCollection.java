package dev.backfill.sandbox.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Describes a collection of Typesense.
 *
 * @param fields the type of each field, with a question mark if documents may lack it
 * @param documents a query of PostgreSQL; each row is a document, a null column is absent from it
 */
public record SearchCollection(String name, Map<String, String> fields, String documents) {
    public SearchCollection {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
