package dev.backfill.typesense.documents;

import dev.backfill.connector.Changing;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.KeyedSink;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import dev.backfill.typesense.schema.CollectionStatus;
import dev.backfill.typesense.schema.Inspection;
import dev.backfill.words.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes fields of the documents that have the records' ids, with one request for each batch. Null takes an optional
 * field away. A document that is not there is missing, and is not made. Thread-safe.
 */
public final class DocumentSink implements KeyedSink, Previewable, Changing, Identified, Inspectable {
    /** A runner that lost its lease must have stopped writing within 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private final TypesenseClient client;
    private final String collection;
    private final List<String> fields;
    private final Set<String> ensured;
    private final Comparison comparison;

    /**
     * @param ensured fields that the script asks for, so that they may be written although they are not there yet
     */
    public DocumentSink(TypesenseClient client, String collection, List<String> fields, Set<String> ensured) {
        this.client = client;
        this.collection = collection;
        this.fields =
                fields.stream().filter(field -> !field.equals("id")).distinct().toList();
        this.ensured = Set.copyOf(ensured);
        this.comparison = Comparison.of(client, collection, Columns.of(this.fields));
    }

    @Override
    public Object target(Row row) {
        return row.containsKey("id") ? String.valueOf(row.get("id")) : "";
    }

    @Override
    public List<String> required() {
        return Stream.concat(Stream.of("id"), fields.stream()).toList();
    }

    @Override
    public WriteResult write(List<Row> records) {
        comparison.forget();
        WriteResult outcome = WriteResult.of(records, WriteStatus.WRITTEN);
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
                "updating " + Quantity.of(body.count(), "document") + " of " + collection,
                "POST",
                Endpoint.path(collection, "/documents/import?action=update&dirty_values=reject"),
                body.bytes(),
                timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST);
    }

    /** Knows what cannot be sent, but not what the server would refuse: such a record differs from what is there. */
    @Override
    public WriteResult preview(List<Row> records) {
        WriteResult outcome = WriteResult.of(records, WriteStatus.MISSING);
        comparison.compare(records, new ImportBody(records, fields, outcome), outcome);
        return outcome;
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        return comparison.held(records);
    }

    @Override
    public String identity() {
        return CollectionStatus.read(client, collection).identity();
    }

    @Override
    public String location() {
        return identity();
    }

    @Override
    public String name() {
        return collection;
    }

    @Override
    public Set<String> changed() {
        return Set.copyOf(fields);
    }

    @Override
    public List<Diagnostic> inspect() {
        return new Inspection(client, collection).findings(schema -> schema.warnings(fields, ensured));
    }
}
