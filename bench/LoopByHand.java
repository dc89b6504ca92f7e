package bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;

/**
 * What one would write by hand for this one table, with the same overlap: a reader ahead, PostgreSQL's writer, search's
 * writer behind it with what the rows then hold, checkpoints in order; at most four batches under way. No retries, no
 * lease, no dead letters, no counts.
 */
final class LoopByHand {
    private static final int WINDOW = 4;

    private record Row(String id, long createdAt, Long deletedAt) {}

    private final int size;
    private final long limit;
    private final BlockingQueue<List<Row>> read = new ArrayBlockingQueue<>(WINDOW / 2);
    private final BlockingQueue<List<Row>> updated = new ArrayBlockingQueue<>(1);

    private LoopByHand(int size, long limit) {
        this.size = size;
        this.limit = limit;
    }

    public static void main(String... arguments) throws Exception {
        Child.quiet();
        long start = System.nanoTime();
        new LoopByHand(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])).run();
        System.out.println("{\"seconds\":" + (System.nanoTime() - start) / 1e9 + "}");
    }

    private void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        List<Future<?>> stages = List.of(threads.submit(this::read), threads.submit(this::update));
        send();
        for (Future<?> stage : stages) {
            stage.get();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + System.getenv("DB_PORT") + "/"
                + System.getenv("DB_DATABASE") + "?user=postgres&password=bench");
    }

    private Void read() throws Exception {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select id, created_at, deleted_at from products where id > ? order by id limit ?")) {
            String after = "";
            long rows = 0;
            List<Row> batch = batch(select, after);
            while (!batch.isEmpty()) {
                read.put(batch);
                rows += batch.size();
                after = batch.get(batch.size() - 1).id();
                batch = rows < limit ? batch(select, after) : List.of();
            }
            read.put(batch);
        }
        return null;
    }

    private List<Row> batch(PreparedStatement select, String after) throws SQLException {
        List<Row> batch = new ArrayList<>(size);
        select.setString(1, after);
        select.setInt(2, size);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                var created = rows.getTimestamp(2);
                batch.add(new Row(rows.getString(1), created == null ? 0 : Math.floorDiv(created.getTime(), 1000),
                        rows.getObject(3, Long.class)));
            }
        }
        return batch;
    }

    private Void update() throws Exception {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement("update products set deleted_at = 0"
                        + " where id = any(?) and deleted_at is null returning id, deleted_at")) {
            List<Row> batch = read.take();
            while (!batch.isEmpty()) {
                updated.put(write(connection, update, batch));
                batch = read.take();
            }
            updated.put(batch);
        }
        return null;
    }

    private static List<Row> write(Connection connection, PreparedStatement update, List<Row> batch) throws SQLException {
        Object[] ids = batch.stream().filter(row -> row.deletedAt() == null).map(Row::id).toArray();
        update.setArray(1, connection.createArrayOf("text", ids));
        Map<String, Long> now = new HashMap<>();
        try (ResultSet rows = update.executeQuery()) {
            while (rows.next()) {
                now.put(rows.getString(1), rows.getLong(2));
            }
        }
        return batch.stream()
                .map(row -> row.deletedAt() == null ? new Row(row.id(), row.createdAt(), now.getOrDefault(row.id(), 0L)) : row)
                .toList();
    }

    private void send() throws Exception {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (MongoClient mongo = MongoClients.create(System.getenv("MONGO_URI"))) {
            MongoCollection<Document> checkpoints =
                    mongo.getDatabase(System.getenv("MONGO_DB_NAME")).getCollection("loop_checkpoint");
            long total = 0;
            for (List<Row> batch = updated.take(); !batch.isEmpty(); batch = updated.take()) {
                send(http, batch);
                total += batch.size();
                checkpoints.replaceOne(Filters.eq("_id", "loop"),
                        new Document("_id", "loop").append("last_id", batch.get(batch.size() - 1).id()).append("total", total),
                        new ReplaceOptions().upsert(true));
            }
        }
    }

    private static void send(HttpClient http, List<Row> batch) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + System.getenv("TYPESENSE_HOST") + ":" + System.getenv("TYPESENSE_PORT")
                + "/collections/products_search/documents/import?action=update");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-TYPESENSE-API-KEY", System.getenv("TYPESENSE_API_KEY"))
                .POST(BodyPublishers.ofByteArray(lines(batch)))
                .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        if (answer.contains("\"success\":false")) {
            throw new IOException("a document was refused: " + answer.substring(0, Math.min(300, answer.length())));
        }
    }

    private static byte[] lines(List<Row> batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(batch.size() * 80);
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes).setRootValueSeparator(null)) {
            for (Row row : batch) {
                json.writeStartObject();
                json.writeStringField("id", row.id());
                json.writeNumberField("created_at", row.createdAt());
                json.writeNumberField("deleted_at", row.deletedAt());
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
        return bytes.toByteArray();
    }
}
