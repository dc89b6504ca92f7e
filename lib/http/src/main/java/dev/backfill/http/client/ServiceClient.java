package dev.backfill.http.client;

import dev.backfill.connector.Failure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.http.rate.Gate;
import dev.backfill.remote.RetryAfter;
import dev.backfill.remote.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks one service, each time once: trying again is the engine's affair. No call goes out before the rate allows it, and at
 * most so many are under way at once. Thread-safe.
 */
public final class ServiceClient implements AutoCloseable {
    private static final int TOO_MANY = 429;

    private final Service service;
    private final Gate gate;
    private final Semaphore free;
    private final int concurrency;
    private final Clock clock;
    private final Failures failures;
    private final HttpClient http;

    public ServiceClient(Service service, Gate gate, int concurrency, Clock clock) {
        this.service = service;
        this.gate = gate;
        this.free = new Semaphore(concurrency);
        this.concurrency = concurrency;
        this.clock = clock;
        this.failures = new Failures(service);
        // HTTP/1.1: the pool's connections are then at most as many as the calls under way.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(service.patience())
                .followRedirects(HttpClient.Redirect.NEVER);
        service.authorities()
                .map(file -> Trust.in(file, "the file of certificates"))
                .ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    public Service service() {
        return service;
    }

    /** The most calls that are under way at once. */
    public int concurrency() {
        return concurrency;
    }

    /** The answer to a call, whatever it is; {@link Failure} if there is none. */
    public Answer get(String path) {
        try {
            return begin(path).join();
        } catch (CompletionException e) {
            throw failure(path, e);
        }
    }

    /** Waits until the call may go out, and gives its answer when it comes. */
    public CompletableFuture<Answer> begin(String path) {
        HttpRequest request = request(path);
        free.acquireUninterruptibly();
        Gate.Pass pass;
        try {
            pass = gate.pass();
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request, head -> new BoundedBody(service.largest()));
        CompletableFuture<HttpResponse<byte[]>> answered =
                sent.orTimeout(service.patience().toNanos(), TimeUnit.NANOSECONDS);
        return answered.whenComplete((response, failure) -> {
                    pass.answered(response != null && response.statusCode() == TOO_MANY);
                    free.release();
                    sent.cancel(true);
                })
                .thenApply(this::answer);
    }

    /** What became of a call that ended without an answer. */
    public Failure failure(String path, Throwable cause) {
        Throwable inner = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        return inner instanceof Failure known ? known : failures.of(doing(path), inner);
    }

    /** What an answer means that is no success. */
    public Failure failure(String path, Answer answer) {
        return failures.of(doing(path), answer);
    }

    /** How messages about a call begin. */
    public String doing(String path) {
        return "GET " + (path.startsWith("/") ? service.address() + path : path);
    }

    private Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                Unpacked.of(response, service.largest()),
                RetryAfter.of(response.headers(), clock),
                LinkHeader.next(response.headers()));
    }

    private HttpRequest request(String path) {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(service.whole(path)));
            service.headers().forEach(header -> builder.setHeader(header.name(), header.value()));
            return builder.setHeader("Accept", "application/json")
                    .setHeader("Accept-Encoding", "gzip")
                    .GET()
                    .build();
        } catch (IllegalArgumentException e) {
            throw new FatalFailure(doing(path) + ": this is not a valid address; check the path of get('…')");
        }
    }

    @Override
    public void close() {
        gate.close();
    }
}
