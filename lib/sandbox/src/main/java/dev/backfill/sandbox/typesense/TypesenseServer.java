package dev.backfill.sandbox.typesense;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for Typesense 0.24.1 where that cannot run: collections, imports, exports and searches for {@code *}, in
 * memory, with that server's answers. Passes the same specs as the real one.
 */
public final class TypesenseServer implements SearchServer {
    private final HttpServer server;
    private final ExecutorService threads;
    private final String apiKey;
    private final Routes routes;

    private TypesenseServer(HttpServer server, ExecutorService threads, String apiKey, Clock clock) {
        this.server = server;
        this.threads = threads;
        this.apiKey = apiKey;
        this.routes = new Routes(clock);
    }

    /** Starts on a free port of the loopback address. */
    public static TypesenseServer start(String apiKey) {
        // The JDK's server sends head and body apart, and the kernel would hold the body back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(TypesenseServer::daemon);
            TypesenseServer server = new TypesenseServer(http, threads, apiKey, Clock.systemUTC());
            http.createContext("/", server::handle);
            http.setExecutor(threads);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the stand-in for Typesense", e);
        }
    }

    @Override
    public String host() {
        return server.getAddress().getAddress().getHostAddress();
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public String apiKey() {
        return apiKey;
    }

    @Override
    public String describe() {
        return "our stand-in for Typesense";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            reply.send(exchange);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        Request request = Request.of(exchange);
        if (request.path().equals(List.of("health"))) {
            return Reply.json(200, Map.of("ok", true));
        } else if (!allowed(exchange, request)) {
            return Reply.refused(401, "Forbidden - a valid `x-typesense-api-key` header must be sent.");
        }
        if (request.path().equals(List.of("debug"))) {
            return Reply.json(200, Map.of("state", 1, "version", "0.24.1 (stand-in)"));
        }
        try {
            return routes.answer(request);
        } catch (Refused refused) {
            return Reply.refused(refused.status(), refused.reason());
        }
    }

    private boolean allowed(HttpExchange exchange, Request request) {
        String header = exchange.getRequestHeaders().getFirst("X-TYPESENSE-API-KEY");
        return apiKey.equals(header) || apiKey.equals(request.query().get("x-typesense-api-key"));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "typesense-stand-in");
        thread.setDaemon(true);
        return thread;
    }
}
