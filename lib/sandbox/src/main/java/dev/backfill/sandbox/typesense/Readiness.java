package dev.backfill.sandbox.typesense;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Waits for a Typesense server. Its /health says yes while the log of earlier writes is still replayed; a write of our own
 * is answered only after all those before it, so a collection is made and removed.
 */
final class Readiness {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String address;
    private final String apiKey;

    Readiness(String address, String apiKey) {
        this.address = address;
        this.apiKey = apiKey;
    }

    /** IllegalStateException if the server is not there in time, or no longer alive. */
    void await(Duration patience, BooleanSupplier alive) {
        long end = System.nanoTime() + patience.toNanos();
        String marker = "ready-" + UUID.randomUUID();
        String schema = "{\"name\":\"" + marker + "\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
        while (!answers("POST", "/collections", schema, 201)) {
            if (!alive.getAsBoolean() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        alive.getAsBoolean() ? "no answer within " + patience : "the process has ended");
            }
            pause();
        }
        answers("DELETE", "/collections/" + marker, "", 200);
    }

    private boolean answers(String method, String path, String body, int expected) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("X-TYPESENSE-API-KEY", apiKey)
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            return response.statusCode() == expected;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
