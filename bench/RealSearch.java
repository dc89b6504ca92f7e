package bench;

import dev.backfill.sandbox.server.SearchService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A real Typesense, in which each run finds a document of every product. */
record RealSearch(Ground ground, SearchService service, HttpClient http) {
    private static final String SCHEMA = """
            {"name":"products_search","fields":[{"name":"name","type":"string"},{"name":"category","type":"string"},
             {"name":"price_cents","type":"int64"}]}""";
    private static final int PART = 10_000;

    interface Client {
        Reading measure(String database, Map<String, String> variables) throws Exception;
    }

    static Optional<RealSearch> start(Ground ground) {
        if (System.getenv("TYPESENSE_SERVER") == null) {
            return Optional.empty();
        }
        SearchService service = SearchService.start(System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        return Optional.of(new RealSearch(ground, service, HttpClient.newHttpClient()));
    }

    Reading measure(Client client) throws Exception {
        String database = ground.database();
        fill(database);
        Map<String, String> variables = ground.variables(database, service.uri().toString());
        variables.putAll(service.variables());
        Reading reading = client.measure(database, variables);
        long rows = ground.options().rows();
        Ground.expect("products without deleted_at", 0,
                ground.postgres().number(database, "select count(*) from products where deleted_at is null"));
        ask("GET", "/collections/products_search/documents/search?q=*&per_page=1&filter_by=deleted_at:%3E%3D0", "", "\"found\":" + rows);
        return reading;
    }

    // The fields are there before, as a client without 'ensure' needs them.
    private void fill(String database) throws Exception {
        send("DELETE", "/collections/products_search", "");
        ask("POST", "/collections", SCHEMA.replace("]}", ",{\"name\":\"created_at\",\"type\":\"int64\",\"optional\":true,\"sort\":true},"
                + "{\"name\":\"deleted_at\",\"type\":\"int64\",\"optional\":true,\"sort\":true}]}"), "products_search");
        try (Connection connection = ground.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(PART);
            try (ResultSet rows = statement.executeQuery(
                    "select jsonb_build_object('id', id, 'name', name, 'category', category, 'price_cents', price_cents) from products")) {
                fill(rows);
            }
        }
    }

    private void fill(ResultSet rows) throws Exception {
        StringBuilder part = new StringBuilder();
        for (int n = 1; rows.next(); n++) {
            part.append(rows.getString(1)).append('\n');
            if (n % PART == 0) {
                add(part);
            }
        }
        add(part);
    }

    private void add(StringBuilder part) throws Exception {
        if (!part.isEmpty()) {
            ask("POST", "/collections/products_search/documents/import?action=create", part.toString(), "\"success\":true");
            part.setLength(0);
        }
    }

    private void ask(String method, String path, String body, String expected) throws Exception {
        String answer = send(method, path, body).body();
        if (!answer.contains(expected)) {
            throw new IllegalStateException(method + " " + path + ": " + answer.substring(0, Math.min(300, answer.length())));
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .header("X-TYPESENSE-API-KEY", service.apiKey())
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
