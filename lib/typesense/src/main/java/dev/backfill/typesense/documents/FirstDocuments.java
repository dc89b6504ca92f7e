package dev.backfill.typesense.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.backfill.connector.Columns;
import dev.backfill.connector.Row;
import dev.backfill.connector.TransientFailure;
import dev.backfill.typesense.client.Call;
import dev.backfill.typesense.client.Endpoint;
import dev.backfill.typesense.client.TypesenseClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes a few documents by a search for all of them; for a look, not for a walk: its order can shift. */
record FirstDocuments(TypesenseClient client, String collection, Columns columns) {
    private static final JsonFactory JSON = new JsonFactory();
    /** The server gives no more at a time. */
    private static final int MOST = 250;

    List<Row> take(int most) {
        String fields = columns.names().stream().map(Endpoint::encoded).collect(Collectors.joining(","));
        Call call = Call.get(
                "looking at documents of " + collection,
                Endpoint.path(
                        collection,
                        "/documents/search?q=*&per_page=" + Math.min(most, MOST) + "&include_fields=" + fields),
                client.endpoint().timeout());
        byte[] answer = client.send(call);
        try (JsonParser in = JSON.createParser(answer)) {
            return documents(in);
        } catch (IOException e) {
            throw new TransientFailure(call.doing() + ": the answer is not as expected; it can be tried again", e);
        }
    }

    private List<Row> documents(JsonParser in) throws IOException {
        DocumentReader reader = new DocumentReader(columns);
        List<Row> rows = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
            if (token == JsonToken.FIELD_NAME && in.currentName().equals("document")) {
                in.nextToken();
                rows.add(reader.read(in));
            }
        }
        return rows;
    }
}
