package dev.backfill.sandbox.typesense;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One collection's documents as JSON texts, in the order in which they were added. Thread-safe. */
final class StoredCollection {
    private final String name;
    private final String defaultSorting;
    private final long createdAt;
    private final Map<String, byte[]> documents = new LinkedHashMap<>();
    private Schema schema;
    private long sequence;

    StoredCollection(JsonNode definition, long createdAt) {
        this.name = definition.path("name").asText();
        this.defaultSorting = definition.path("default_sorting_field").asText("");
        this.schema = Schema.of(definition.path("fields"));
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    synchronized Schema schema() {
        return schema;
    }

    synchronized int size() {
        return documents.size();
    }

    synchronized ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("created_at", createdAt)
                .put("default_sorting_field", defaultSorting)
                .put("enable_nested_fields", false)
                .set("fields", schema.json());
        json.put("name", name).put("num_documents", documents.size());
        json.putArray("symbols_to_index");
        json.putArray("token_separators");
        return json;
    }

    /** Changes the schema; nothing is changed if a document contradicts it. */
    synchronized void patch(JsonNode changes) {
        Schema changed = schema.changed(changes);
        changed.checkAll(documents.values());
        schema = changed;
    }

    /** The documents as they are now. */
    synchronized List<byte[]> snapshot() {
        return List.copyOf(documents.values());
    }

    /** Those of the documents that have one of these ids, in the same order; all if no ids are given. */
    synchronized List<byte[]> snapshot(Optional<Set<String>> ids) {
        return ids.isEmpty()
                ? snapshot()
                : documents.entrySet().stream()
                        .filter(each -> ids.get().contains(each.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    synchronized byte[] get(String id) {
        return known(id, documents.get(id));
    }

    synchronized byte[] delete(String id) {
        return known(id, documents.remove(id));
    }

    synchronized int deleteIf(Predicate<Map<String, Object>> unwanted) {
        int before = documents.size();
        documents.values().removeIf(each -> unwanted.test(Json.document(each)));
        return before - documents.size();
    }

    /** Applies one document, and gives it as it is kept. */
    synchronized byte[] apply(Map<String, Object> given, ImportAction action) {
        String id = id(given, action);
        byte[] old = documents.get(id);
        if (old == null && action == ImportAction.UPDATE) {
            return known(id, null);
        } else if (old != null && action == ImportAction.CREATE) {
            throw new Refused(409, "A document with id " + id + " already exists.");
        }
        check(given, action);
        Map<String, Object> merged = old == null || !action.merges() ? new TreeMap<>() : Json.document(old);
        merged.putAll(given);
        merged.put("id", id);
        merged.values().removeIf(Objects::isNull);
        byte[] kept = Json.bytes(merged);
        documents.put(id, kept);
        return kept;
    }

    private void check(Map<String, Object> given, ImportAction action) {
        if (action.merges()) {
            schema.checkGiven(given);
        } else {
            schema.checkWhole(given);
        }
    }

    /** A document without an id gets the next number, except that an update must name what it changes. */
    private String id(Map<String, Object> given, ImportAction action) {
        Object id = given.get("id");
        if (id == null && action == ImportAction.UPDATE) {
            throw new Refused(400, "For update, the `id` key must be provided.");
        } else if (id != null && !(id instanceof String)) {
            throw new Refused(400, "Document's `id` field should be a string.");
        } else if ("".equals(id)) {
            throw new Refused(400, "The `id` should not be empty.");
        }
        if (id == null || !documents.containsKey(id)) {
            sequence++;
        }
        return id == null ? String.valueOf(sequence - 1) : (String) id;
    }

    private static byte[] known(String id, byte @Nullable [] document) {
        if (document == null) {
            throw new Refused(404, "Could not find a document with id: " + id);
        }
        return document;
    }
}
