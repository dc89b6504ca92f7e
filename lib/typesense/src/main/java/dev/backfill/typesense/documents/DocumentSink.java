package dev.backfill.typesense.documents;

import dev.backfill.connector.Fate;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Row;
import dev.backfill.connector.Sink;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.time.Duration;
import java.util.List;

/**
 * Changes fields of the documents that have the records' ids, with one request for each batch. Null takes an optional
 * field away. A document that is not there is missing, and is not made. Thread-safe.
 */
public final class DocumentSink implements Sink {
    /** A runner that lost its lease must have stopped writing within 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private final TypesenseClient client;
    private final String collection;
    private final List<String> fields;

    public DocumentSink(TypesenseClient client, String collection, List<String> fields) {
        this.client = client;
        this.collection = collection;
        this.fields =
                fields.stream().filter(field -> !field.equals("id")).distinct().toList();
    }

    @Override
    public Outcome write(List<Row> records) {
        Outcome outcome = Outcome.of(records, Fate.WRITTEN);
        ImportBody body = new ImportBody(records, fields, outcome);
        if (body.count() > 0) {
            Call call = call(body);
            new ImportAnswers(call.doing(), body, outcome).read(client.send(call));
        }
        return outcome;
    }

    private Call call(ImportBody body) {
        Duration timeout = client.endpoint().timeout();
        return new Call(
                "updating " + body.count() + " documents of " + collection,
                "POST",
                Endpoint.path(collection, "/documents/import?action=update&dirty_values=reject"),
                body.bytes(),
                timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST);
    }
}
