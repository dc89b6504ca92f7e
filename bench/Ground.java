package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers, and a fresh database for each run. */
record Ground(Options options, Postgres postgres, Child search, Child slow, Child mongo, AtomicInteger runs)
        implements AutoCloseable {
    private static final String TEMPLATE = "bench_template";

    static Ground start(Options options) throws Exception {
        Postgres postgres = Postgres.start();
        Ground ground = new Ground(options, postgres, Child.start(SearchStub.class, "0"), Child.start(SearchStub.class, "20"),
                Child.start(MongoProcess.class), new AtomicInteger());
        String products = Files.readString(Path.of("bench", "products.sql"));
        postgres.execute("postgres", "create database " + TEMPLATE);
        postgres.execute(TEMPLATE, products.replace(":rows", Long.toString(options.rows())).split(";\n"));
        postgres.execute(TEMPLATE, "vacuum (freeze, analyze) products");
        return ground;
    }

    /** A copy of the products in a new database; those of earlier runs are gone. */
    String database() throws SQLException {
        int number = runs.incrementAndGet();
        postgres.execute("postgres", "drop database if exists bench_" + (number - 1) + " with (force)",
                "create database bench_" + number + " template " + TEMPLATE + " strategy file_copy", "checkpoint");
        return "bench_" + number;
    }

    /** The variables by which a client finds the servers; MongoDB's database has the same name, and is as new. */
    Map<String, String> variables(String database, String search) {
        URI uri = URI.create(search);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.putAll(Map.of("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(postgres.port()), "DB_DATABASE", database,
                "DB_USER", "postgres", "DB_PASSWORD", "bench", "DB_SSLMODE", "disable"));
        variables.putAll(Map.of("TYPESENSE_HOST", uri.getHost(), "TYPESENSE_PORT", Integer.toString(uri.getPort()),
                "TYPESENSE_PROTOCOL", "http", "TYPESENSE_API_KEY", "bench", "TYPESENSE_CA_FILE", "",
                "TYPESENSE_COLLECTION", "products_search"));
        variables.putAll(Map.of("MONGO_URI", mongo.address(), "MONGO_DB_NAME", database,
                "MONGO_CHECKPOINT_COLLECTION", "inventory_backfill_checkpoint", "SLEEP_BETWEEN_BATCHES", "0"));
        return variables;
    }

    /** How many documents were written since this was last asked. */
    static long written(Child search) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(search.address() + "/written")).build();
        return Long.parseLong(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }

    /** Whoever left something undone was not faster. */
    void checkDone(String database, long rows, long written) throws SQLException {
        expect("documents written", rows, written);
        String left = "select count(*) from products where deleted_at is null";
        expect("products without deleted_at", 0, rows < options.rows() ? 0 : postgres.number(database, left));
    }

    static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": " + found + " instead of " + expected + ", so this run does not count");
        }
    }

    @Override
    public void close() throws Exception {
        mongo.close();
        slow.close();
        search.close();
        postgres.close();
    }
}
