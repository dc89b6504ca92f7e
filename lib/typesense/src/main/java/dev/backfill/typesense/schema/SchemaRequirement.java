package dev.backfill.typesense.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Requirement;
import dev.backfill.connector.TransientFailure;
import dev.backfill.typesense.client.Answer;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Fields that a collection must have; those missing are added with one request, and none is ever changed. */
public final class SchemaRequirement implements Requirement {
    /** The server answers when it has looked through all documents: 250 ms for 50,000 on two cores. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Others that add fields at the same time can come between so often. */
    private static final int ATTEMPTS = 5;

    private final TypesenseClient client;
    private final String collection;
    private final List<WantedField> wanted;

    public SchemaRequirement(TypesenseClient client, String collection, List<WantedField> wanted) {
        this.client = client;
        this.collection = collection;
        this.wanted = List.copyOf(wanted);
    }

    @Override
    public List<String> missing() {
        return absent().stream()
                .map(field -> "the field " + field + " of " + collection)
                .toList();
    }

    @Override
    public void provide() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<WantedField> absent = absent();
            if (absent.isEmpty() || added(absent)) {
                return;
            }
        }
        throw new TransientFailure(doing() + ": others change them at the same time; it can be tried again");
    }

    private List<WantedField> absent() {
        Schema schema = CollectionStatus.read(client, collection).schema();
        wanted.forEach(field -> schema.field(field.name()).ifPresent(there -> check(field, there)));
        return wanted.stream()
                .filter(field -> schema.field(field.name()).isEmpty())
                .toList();
    }

    private void check(WantedField field, SchemaField there) {
        if (field.contradictedBy(there)) {
            throw new FatalFailure(doing() + ": wanted is " + field + ", but there is " + there
                    + "; nothing was changed. Ask for what is there, or drop the field by hand so that it can"
                    + " be added");
        }
    }

    /** False if someone else added one of them since the schema was read. */
    private boolean added(List<WantedField> absent) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        absent.forEach(field -> change.withArray("fields").add(field.json()));
        byte[] body = change.toString().getBytes(StandardCharsets.UTF_8);
        Call call = new Call(doing(), "PATCH", Endpoint.path(collection, ""), body, PATIENCE);
        Answer answer = client.exchange(call);
        boolean late = answer.status() == 400 && answer.message().contains("already part of the schema");
        if (!late) {
            client.check(call, answer);
        }
        return !late;
    }

    private String doing() {
        return "adding fields to " + collection;
    }
}
