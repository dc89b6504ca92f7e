package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import dev.backfill.words.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a collection.
 *
 * @param nested true if documents hold objects, whose fields are named with dots
 */
public record Schema(String collection, List<SchemaField> fields, boolean nested) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema read(TypesenseClient client, String collection) {
        Call call = Call.get(
                "reading the fields of " + collection,
                Endpoint.path(collection, ""),
                client.endpoint().timeout());
        try {
            JsonNode json = MAPPER.readTree(client.send(call));
            List<SchemaField> fields = new ArrayList<>();
            json.path("fields").forEach(each -> fields.add(SchemaField.of(each)));
            return new Schema(
                    collection, fields, json.path("enable_nested_fields").asBoolean(false));
        } catch (IOException e) {
            throw new TransientFailure(call.doing() + ": the answer is no JSON; it can be tried again", e);
        }
    }

    Optional<SchemaField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** {@link FatalFailure} for a name that the collection does not have, which would read as null everywhere. */
    public void checkReadable(List<String> names, Set<String> ensured) {
        boolean open = fields.stream().anyMatch(field -> field.name().contains("*"));
        for (String name : names) {
            if (nested && name.contains(".")) {
                throw unknown(name, "; read '" + name.substring(0, name.indexOf('.')) + "' and take it from there");
            } else if (!open
                    && !name.equals("id")
                    && !ensured.contains(name)
                    && field(name).isEmpty()) {
                List<String> known = fields.stream().map(SchemaField::name).toList();
                throw unknown(name, Nearest.hint(name, known) + " (fields: id, " + String.join(", ", known) + ")");
            }
        }
    }

    private FatalFailure unknown(String name, String hint) {
        return new FatalFailure("reading the documents of " + collection + ": unknown field '" + name + "'" + hint);
    }
}
