package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A field as a collection has it.
 *
 * @param lacks the traits that it says not to have; old servers say nothing of some that every field has
 */
record SchemaField(String name, String type, Set<Trait> lacks) {
    static SchemaField of(JsonNode json) {
        EnumSet<Trait> lacks = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if (!json.path(trait.property()).asBoolean(true)) {
                lacks.add(trait);
            }
        }
        return new SchemaField(json.path("name").asText(), json.path("type").asText(), Set.copyOf(lacks));
    }

    boolean has(Trait trait) {
        return !lacks.contains(trait);
    }

    @Override
    public String toString() {
        String list = EnumSet.allOf(Trait.class).stream()
                .map(trait -> (has(trait) ? ", " : ", not ") + trait.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return name + " (" + type + list + ")";
    }
}
