package dev.backfill.sandbox.data;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Brings what a script left in MongoDB to PostgreSQL, a table {@code after.<collection>} each. */
public final class MongoData {
    private static final Set<String> ITS_OWN = Set.of("admin", "config", "local");
    private static final JsonWriterSettings PLAIN =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private MongoData() {}

    public static void fetch(String uri, Connection connection) throws SQLException, IOException {
        try (MongoClient client = MongoClients.create(uri)) {
            for (String database : client.listDatabaseNames().into(new ArrayList<>())) {
                if (!ITS_OWN.contains(database)) {
                    fetch(client.getDatabase(database), connection);
                }
            }
        }
    }

    private static void fetch(MongoDatabase database, Connection connection) throws SQLException, IOException {
        for (String collection : database.listCollectionNames().into(new ArrayList<>())) {
            List<String> lines = database.getCollection(collection, BsonDocument.class)
                    .find()
                    .map(document -> document.toJson(PLAIN))
                    .into(new ArrayList<>());
            DocumentTable.create(connection, "after", collection).fill(new StringReader(String.join("\n", lines)));
        }
    }
}
