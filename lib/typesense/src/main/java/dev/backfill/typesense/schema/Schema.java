package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.words.Nearest;
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
    public Schema {
        fields = List.copyOf(fields);
    }

    /** What a collection's description says. */
    static Schema of(String collection, JsonNode json) {
        List<SchemaField> fields = new ArrayList<>();
        json.path("fields").forEach(each -> fields.add(SchemaField.of(each)));
        return new Schema(collection, fields, json.path("enable_nested_fields").asBoolean(false));
    }

    Optional<SchemaField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** {@link FatalFailure} for a name that the collection does not have, which would read as null everywhere. */
    public void checkReadable(List<String> names, Set<String> ensured) {
        for (String name : names) {
            if (inside(name)) {
                throw unknown(name, "; read '" + object(name) + "' and take it from there");
            } else if (lacks(name, ensured)) {
                List<String> known = fields.stream().map(SchemaField::name).toList();
                throw unknown(name, Nearest.hint(name, known) + " (fields: id, " + String.join(", ", known) + ")");
            }
        }
    }

    /** What someone may regret who writes these fields: the server keeps whatever it is sent. */
    public List<Diagnostic> warnings(List<String> names, Set<String> ensured) {
        return names.stream()
                .filter(name -> inside(name) || lacks(name, ensured))
                .map(name -> Diagnostic.warning(
                        inside(name)
                                ? "'" + name + "' will be kept next to the object '" + object(name) + "' of "
                                        + collection + ", not in it; write '" + object(name) + "' as a whole"
                                : collection + " has no field '" + name
                                        + "', so that nobody can search by it; ensure it," + " or fix its name"))
                .toList();
    }

    private boolean inside(String name) {
        return nested && name.contains(".");
    }

    private static String object(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private boolean lacks(String name, Set<String> ensured) {
        boolean open = fields.stream().anyMatch(field -> field.name().contains("*"));
        return !open
                && !name.equals("id")
                && !ensured.contains(name)
                && field(name).isEmpty();
    }

    private FatalFailure unknown(String name, String hint) {
        return new FatalFailure("reading the documents of " + collection + ": unknown field '" + name + "'" + hint);
    }
}
