package dev.backfill.sandbox.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backfill.sandbox.plan.SearchCollection;
import dev.backfill.words.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Talks to Typesense on its own, so that what it finds owes nothing to the connector under test. */
final class SearchApi {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String apiKey;

    SearchApi(URI server, String apiKey) {
        this.server = server;
        this.apiKey = apiKey;
    }

    void create(SearchCollection collection) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("name", collection.name());
        collection
                .fields()
                .forEach((field, type) -> schema.withArray("fields")
                        .addObject()
                        .put("name", field)
                        .put("type", type.replace("?", ""))
                        .put("optional", type.endsWith("?")));
        ask("POST", "/collections", BodyPublishers.ofString(schema.toString()));
    }

    /** Adds documents, a line each; the first one that is refused is an error. */
    void add(String collection, byte[] lines) {
        String answers = ask("POST", path(collection) + "/import?action=create", BodyPublishers.ofByteArray(lines));
        List<String> refused = answers.lines()
                .filter(answer -> !answer.contains("\"success\":true"))
                .toList();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Typesense refused " + Quantity.of(refused.size(), "document") + " for "
                    + collection + ", the first with " + refused.get(0) + "; fix the sandbox's declaration");
        }
    }

    /** Every document, a line each. */
    InputStream export(String collection) {
        HttpRequest request = request(path(collection) + "/export").GET().build();
        try {
            return client.send(request, BodyHandlers.ofInputStream()).body();
        } catch (IOException e) {
            throw new IllegalStateException("Typesense did not export " + collection + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private String ask(String method, String path, BodyPublisher body) {
        try {
            var answer = client.send(request(path).method(method, body).build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "Typesense answered " + answer.statusCode() + " to " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("Typesense did not answer " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("X-TYPESENSE-API-KEY", apiKey)
                .timeout(PATIENCE);
    }

    private static String path(String collection) {
        return "/collections/" + URLEncoder.encode(collection, StandardCharsets.UTF_8) + "/documents";
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("stopped while Typesense was asked", e);
    }
}
