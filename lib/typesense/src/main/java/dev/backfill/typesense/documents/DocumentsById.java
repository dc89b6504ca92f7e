package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.connector.TransientFailure;
import dev.backfill.typesense.client.Answer;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds documents by their ids, many with each request, and changes nothing. Thread-safe. */
final class DocumentsById {
    private static final JsonFactory JSON = new JsonFactory();
    /** The server takes 60,000 characters and more, proxies before it may not; 1,000 documents take 40 ms like this. */
    private static final int LONGEST_PATH = 4_000;

    private static final int SHORTEST_FILTER = 1_000;

    private final TypesenseClient client;
    private final String collection;
    private final DocumentReader reader;
    private final String path;

    /**
     * @param columns what is read of each document, the id among it
     */
    DocumentsById(TypesenseClient client, String collection, Columns columns) {
        this.client = client;
        this.collection = collection;
        this.reader = new DocumentReader(columns);
        this.path = Endpoint.path(
                collection,
                columns.names().stream()
                        .map(Endpoint::encoded)
                        .collect(Collectors.joining(",", "/documents/export?include_fields=", "&filter_by=")));
    }

    /** The documents that are there, by their ids. */
    Map<String, Row> find(Collection<String> ids) {
        Set<String> wanted =
                ids.stream().filter(id -> !id.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> nameable = wanted.stream().filter(IdFilter::canName).toList();
        List<Row> rows = new ArrayList<>();
        for (String filter : IdFilter.of(nameable, Math.max(SHORTEST_FILTER, LONGEST_PATH - path.length()))) {
            rows.addAll(many(filter));
        }
        wanted.stream().filter(id -> !IdFilter.canName(id)).forEach(id -> rows.addAll(one(id)));
        return rows.stream()
                .filter(row -> wanted.contains(id(row)))
                .collect(Collectors.toMap(DocumentsById::id, row -> row, (row, same) -> same));
    }

    private static String id(Row row) {
        return String.valueOf(row.get("id"));
    }

    private List<Row> many(String filter) {
        Call call = call(path + filter);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        client.stream(call, lines::writeBytes);
        return read(call, lines.toByteArray());
    }

    private List<Row> one(String id) {
        Call call = call(Endpoint.path(collection, "/documents/" + Endpoint.encoded(id)));
        Answer answer = client.exchange(call);
        if (answer.noDocument()) {
            return List.of();
        }
        client.check(call, answer);
        return read(call, answer.body());
    }

    private Call call(String path) {
        return Call.get(
                "looking at documents of " + collection, path, client.endpoint().timeout());
    }

    private List<Row> read(Call call, byte[] documents) {
        List<Row> rows = new ArrayList<>();
        try (JsonParser in = JSON.createParser(documents)) {
            while (in.nextToken() != null) {
                rows.add(reader.read(in));
            }
            return rows;
        } catch (IOException e) {
            throw new TransientFailure(
                    call.doing() + ": the answer is no JSON (" + e.getMessage() + "); it can be tried again", e);
        }
    }
}
