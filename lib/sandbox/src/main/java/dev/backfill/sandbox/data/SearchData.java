package dev.backfill.sandbox.data;

import dev.backfill.sandbox.plan.SearchCollection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/** Fills Typesense's collections from queries of PostgreSQL, and brings them back there. */
public final class SearchData {
    private static final int MOST_BYTES = 8_000_000;

    private final SearchApi api;
    private final Connection connection;

    public SearchData(URI server, String apiKey, Connection connection) {
        this.api = new SearchApi(server, apiKey);
        this.connection = connection;
    }

    /** Makes the collection; its documents also stand in {@code before}. Returns how many they are. */
    public long fill(SearchCollection collection) throws SQLException {
        DocumentTable table = DocumentTable.create(connection, "before", collection.name());
        long documents = table.fill(collection.documents());
        table.analyze();
        api.create(collection);
        send(collection.name(), table.lines());
        return documents;
    }

    /** Copies the documents, as they are now, into {@code after}. */
    public void fetch(SearchCollection collection) throws SQLException, IOException {
        DocumentTable table = DocumentTable.create(connection, "after", collection.name());
        try (Reader lines = new InputStreamReader(api.export(collection.name()), StandardCharsets.UTF_8)) {
            table.fill(lines);
        }
        table.analyze();
    }

    private void send(String collection, CopyOut lines) throws SQLException {
        ByteArrayOutputStream part = new ByteArrayOutputStream(MOST_BYTES);
        for (byte[] line = lines.readFromCopy(); line != null; line = lines.readFromCopy()) {
            if (part.size() + line.length > MOST_BYTES) {
                api.add(collection, part.toByteArray());
                part.reset();
            }
            part.writeBytes(line);
        }
        if (part.size() > 0) {
            api.add(collection, part.toByteArray());
        }
    }
}
