package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.backfill.connector.TransientFailure;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.io.IOException;

/**
 * What the server says of a collection.
 *
 * @param name the collection's own, where it was asked for by an alias
 * @param created when it was made, in Unix seconds by the server's clock
 */
public record CollectionStatus(String name, long created, long documents, Schema schema) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public static CollectionStatus read(TypesenseClient client, String collection) {
        Call call = Call.get(
                "reading the fields of " + collection,
                Endpoint.path(collection, ""),
                client.endpoint().timeout());
        try {
            JsonNode json = MAPPER.readTree(client.send(call));
            return new CollectionStatus(
                    json.path("name").asText(collection),
                    json.path("created_at").asLong(),
                    json.path("num_documents").asLong(),
                    Schema.of(collection, json));
        } catch (IOException e) {
            throw new TransientFailure(call.doing() + ": the answer is no JSON; it can be tried again", e);
        }
    }

    /** Differs for a collection of the same name that was made again, or on another server; not for a restored snapshot. */
    public String identity() {
        return "collection " + name + " made at " + created;
    }
}
