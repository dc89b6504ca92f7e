package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One field of a collection's schema. */
record Field(String name, FieldType type, boolean optional, boolean index, boolean sort, boolean facet) {
    static Field of(JsonNode json) {
        String name = json.path("name").asText("");
        if (name.isEmpty() || !json.path("type").isTextual()) {
            throw new Refused(
                    400,
                    "Wrong format for `fields`. It should be an array of objects containing `name`, `type`, `optional`"
                            + " and `facet` properties.");
        }
        String typeName = json.path("type").asText();
        FieldType type = FieldType.of(typeName)
                .orElseThrow(() -> new Refused(
                        400,
                        "Field `" + name + "` has an invalid data type `" + typeName
                                + "`, see docs for supported data types."));
        boolean index = json.path("index").asBoolean(true);
        return new Field(
                name,
                type,
                json.path("optional").asBoolean(false),
                index,
                json.path("sort").asBoolean(type.numeric()),
                json.path("facet").asBoolean(false));
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("facet", facet)
                .put("index", index)
                .put("infix", false)
                .put("locale", "")
                .put("name", name)
                .put("optional", optional)
                .put("sort", sort)
                .put("type", type.name());
    }

    /** Refuses a value that is not of the field's type. */
    void check(Object value) {
        type.complaint(value).ifPresent(right -> {
            throw new Refused(400, "Field `" + name + "` must be " + right + ".");
        });
    }
}
