package dev.backfill.typesense.client;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.remote.RetryAfter;
import dev.backfill.remote.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends requests to one Typesense server, each at most once: trying again is the engine's affair. Every wait ends by the
 * call's patience, or by an interrupt. Thread-safe.
 */
public final class TypesenseClient implements AutoCloseable {
    private final Endpoint endpoint;
    private final Clock clock;
    private final Failures failures;
    private final HttpClient http;

    public TypesenseClient(Endpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.failures = new Failures(endpoint);
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(endpoint.timeout());
        endpoint.authorities().map(file -> Trust.in(file, "TYPESENSE_CA_FILE")).ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The body of a successful answer; a {@link dev.backfill.connector.Failure} for any other. */
    public byte[] send(Call call) {
        Answer answer = exchange(call);
        check(call, answer);
        return answer.body();
    }

    /** Whatever the server answers. */
    public Answer exchange(Call call) {
        return answer(await(call, http.sendAsync(request(call), BodyHandlers.ofByteArray()), () -> 0));
    }

    /** Gives a successful answer's parts as they come; returns after the last, and fails if the answer was cut. */
    public void stream(Call call, Consumer<byte[]> parts) {
        AtomicLong arrived = new AtomicLong();
        Consumer<byte[]> counted = part -> {
            arrived.addAndGet(part.length);
            parts.accept(part);
        };
        HttpResponse<byte[]> response =
                await(call, http.sendAsync(request(call), whenSuccessful(counted)), arrived::get);
        check(call, answer(response));
        checkBounded(call, response.headers());
    }

    /** Nothing is held open between requests but idle connections, which the JDK closes by itself. */
    @Override
    public void close() {}

    /** A {@link dev.backfill.connector.Failure} for any answer but success. */
    public void check(Call call, Answer answer) {
        if (!answer.success()) {
            throw failures.of(call, answer);
        }
    }

    private Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.body(), RetryAfter.of(response.headers(), clock));
    }

    private static BodyHandler<byte[]> whenSuccessful(Consumer<byte[]> parts) {
        return head -> head.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(parts)), end -> new byte[0])
                : BodySubscribers.ofByteArray();
    }

    /** An answer that just ends when the connection does could be cut without anybody noticing. */
    private static void checkBounded(Call call, HttpHeaders headers) {
        if (headers.firstValue("content-length").isEmpty()
                && headers.firstValue("transfer-encoding").isEmpty()) {
            throw new FatalFailure(Failures.head(call)
                    + "the answer has no length, so that its end cannot be distinguished from a cut; speak to Typesense"
                    + " directly, or through a proxy with HTTP/1.1");
        }
    }

    private <T> HttpResponse<T> await(Call call, CompletableFuture<HttpResponse<T>> response, LongSupplier arrived) {
        long seen = 0;
        try {
            while (true) {
                try {
                    return response.get(call.patience().toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    seen = newer(call, seen, arrived.getAsLong());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure(Failures.head(call) + "interrupted; it can be tried again", e);
        } catch (ExecutionException e) {
            throw failures.of(call, e.getCause() == null ? e : e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private long newer(Call call, long seen, long arrived) {
        if (arrived == seen) {
            throw failures.silent(call);
        }
        return arrived;
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder builder = HttpRequest.newBuilder();
        try {
            builder.uri(URI.create(endpoint.address() + call.path()));
        } catch (IllegalArgumentException e) {
            throw new FatalFailure(
                    Failures.head(call) + "there cannot be a server at " + endpoint.address()
                            + "; check TYPESENSE_HOST and TYPESENSE_PORT",
                    e);
        }
        return authorized(call, builder)
                .method(call.method(), BodyPublishers.ofByteArray(call.body()))
                .build();
    }

    private HttpRequest.Builder authorized(Call call, HttpRequest.Builder builder) {
        try {
            return builder.header("X-TYPESENSE-API-KEY", endpoint.key().reveal());
        } catch (IllegalArgumentException e) { // its message holds the key
            throw new FatalFailure(Failures.head(call) + endpoint.key().name()
                    + " contains a character that no key can have; look for a line break or a stray byte in it");
        }
    }
}
