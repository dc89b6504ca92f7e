package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a collection, and what documents must be like to fit them. */
record Schema(List<Field> fields) {
    Schema {
        fields = List.copyOf(fields);
    }

    static Schema of(JsonNode fields) {
        List<Field> list = new ArrayList<>();
        fields.forEach(each -> list.add(Field.of(each)));
        return new Schema(list);
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    ArrayNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        fields.forEach(field -> array.add(field.json()));
        return array;
    }

    /** The schema after a PATCH: fields are dropped first, then added. */
    Schema changed(JsonNode changes) {
        Set<String> dropped = new HashSet<>();
        List<Field> added = new ArrayList<>();
        for (JsonNode change : changes) {
            if (change.path("drop").asBoolean(false)) {
                dropped.add(known(change.path("name").asText()));
            } else {
                added.add(Field.of(change));
            }
        }
        List<Field> kept =
                fields.stream().filter(field -> !dropped.contains(field.name())).toList();
        return new Schema(kept).plus(added);
    }

    private String known(String name) {
        return field(name)
                .map(Field::name)
                .orElseThrow(() -> new Refused(400, "Field `" + name + "` is not part of collection schema."));
    }

    private Schema plus(List<Field> added) {
        List<Field> all = new ArrayList<>(fields);
        for (Field field : added) {
            if (field(field.name()).isPresent()) {
                throw new Refused(
                        400,
                        "Field `" + field.name()
                                + "` is already part of the schema: To change this field, drop it first"
                                + " before adding it back to the schema.");
            } else if (all.stream().anyMatch(other -> other.name().equals(field.name()))) {
                throw new Refused(400, "There are duplicate field names in the schema.");
            }
            all.add(field);
        }
        return new Schema(all);
    }

    /** Refuses a new document that lacks a required field or has a value of the wrong type. */
    void checkWhole(Map<String, Object> document) {
        for (Field field : fields) {
            if (!field.optional() && document.get(field.name()) == null) {
                throw new Refused(
                        400,
                        "Field `" + field.name()
                                + "` has been declared in the schema, but is not found in the document.");
            }
        }
        checkGiven(document);
    }

    /** Refuses a value of the wrong type; null takes an optional field away. */
    void checkGiven(Map<String, Object> document) {
        for (Field field : fields) {
            Object value = document.get(field.name());
            if (value != null) {
                field.check(value);
            } else if (document.containsKey(field.name()) && !field.optional()) {
                throw new Refused(
                        400,
                        "Field `" + field.name() + "` must be " + field.type().noun() + ".");
            }
        }
    }

    /** Refuses a schema that documents already there contradict. */
    void checkAll(Collection<byte[]> documents) {
        for (byte[] each : documents) {
            Map<String, Object> document = Json.document(each);
            fields.forEach(field -> checkOld(field, document.get(field.name())));
        }
    }

    private static void checkOld(Field field, @Nullable Object value) {
        if (value == null && !field.optional()) {
            throw new Refused(
                    400,
                    "Field `" + field.name() + "` has been declared in the schema, but is not found in the documents"
                            + " already present in the collection. If you still want to add this field, set it as"
                            + " `optional: true`.");
        } else if (value != null && field.type().complaint(value).isPresent()) {
            throw new Refused(
                    400,
                    "Schema change is incompatible with the type of documents already stored in this collection."
                            + " Existing data for field `" + field.name() + "` cannot be coerced into "
                            + field.type().noun() + ".");
        }
    }
}
