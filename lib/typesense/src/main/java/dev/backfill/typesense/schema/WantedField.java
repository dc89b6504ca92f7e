package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A field that must be there.
 *
 * @param traits what it must be; of what is not named, the server decides
 */
public record WantedField(String name, String type, Set<Trait> traits) {
    public WantedField {
        traits = Set.copyOf(traits);
    }

    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("name", name).put("type", type);
        traits.forEach(trait -> json.put(trait.property(), true));
        return json;
    }

    /** A field that need not be optional is none that contradicts: documents all have it. */
    boolean contradictedBy(SchemaField there) {
        return !there.type().equals(type)
                || traits.stream().anyMatch(trait -> trait != Trait.OPTIONAL && !there.has(trait));
    }

    @Override
    public String toString() {
        String list = new TreeSet<>(traits)
                .stream()
                        .map(trait -> ", " + trait.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        return name + " (" + type + list + ")";
    }
}
