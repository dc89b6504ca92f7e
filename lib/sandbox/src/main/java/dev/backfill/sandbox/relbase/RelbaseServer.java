package dev.backfill.sandbox.relbase;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.backfill.sandbox.process.Folder;
import dev.backfill.sandbox.server.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the simulator on a free loopback port: real paging, tokens, limit and faults. */
public final class RelbaseServer implements SandboxServer {
    public static final String COMPANY = "sandbox-company";
    public static final String USER = "sandbox-user";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LOTS = Pattern.compile("/api/v1/productos/(\\d{1,9})/lotes_series/(\\d{1,9})");
    private static final int PAGE = 100;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Behaviour behaviour;
    private volatile Stock stock;
    private final Limit limit;
    private final Calls calls = new Calls();
    private final Folder lake = Folder.create("lake");

    private RelbaseServer(HttpServer server, ExecutorService threads, Behaviour behaviour) {
        this.server = server;
        this.threads = threads;
        this.behaviour = behaviour;
        this.stock = new Stock(behaviour.products(), behaviour.seed());
        this.limit = new Limit(behaviour.perSecond());
    }

    public static RelbaseServer start(Behaviour behaviour) {
        // The JDK's server sends head and body apart, and the kernel would hold the body back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(RelbaseServer::daemon);
            RelbaseServer relbase = new RelbaseServer(http, threads, behaviour);
            http.createContext("/", relbase::handle);
            http.setExecutor(threads);
            http.start();
            return relbase;
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator of Relbase did not start", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "relbase");
        thread.setDaemon(true);
        return thread;
    }

    /** Gives it other data. */
    public void fill(int products, long seed) {
        stock = new Stock(products, seed);
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Calls calls() {
        return calls;
    }

    public Stock stock() {
        return stock;
    }

    @Override
    public String kind() {
        return "Relbase";
    }

    @Override
    public String describe() {
        return "our simulator on " + address() + ", " + behaviour.perSecond() + " calls a second (the real one: 6)";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "RELBASE_URL",
                address(),
                "RELBASE_COMPANY_TOKEN",
                COMPANY,
                "RELBASE_USER_TOKEN",
                USER,
                "RELBASE_RATE",
                String.valueOf(behaviour.perSecond()),
                "RELBASE_DATA_LAKE",
                lake.path().toString());
    }

    @Override
    public String lookInside() {
        return "curl -H 'company: " + COMPANY + "' -H 'authorization: " + USER + "' " + address() + "/api/v1/bodegas";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        lake.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.nanoTime();
            if (!known(exchange)) {
                send(exchange, 401, "{\"errors\":\"No autorizado\"}");
            } else if (!limit.allows(now)) {
                calls.refuse();
                exchange.getResponseHeaders().set("Retry-After", retryAfter());
                send(exchange, 429, "{\"errors\":\"Too many requests\"}");
            } else {
                answer(exchange, now);
            }
        }
    }

    private String retryAfter() {
        return behaviour.retryAfter().equals("date")
                ? ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1).format(DateTimeFormatter.RFC_1123_DATE_TIME)
                : behaviour.retryAfter();
    }

    private static boolean known(HttpExchange exchange) {
        return COMPANY.equals(exchange.getRequestHeaders().getFirst("company"))
                && USER.equals(exchange.getRequestHeaders().getFirst("authorization"));
    }

    private void answer(HttpExchange exchange, long now) throws IOException {
        String path = exchange.getRequestURI().toString();
        int before = calls.begin(path, now);
        try {
            LockSupport.parkNanos(behaviour.latency().toNanos());
            double fate = new SplittableRandom(path.hashCode() * 1_000_003L + before * 7_919L + behaviour.seed())
                    .nextDouble();
            if (behaviour.broken().contains(path) || fate < behaviour.errors()) {
                boolean always = behaviour.broken().contains(path);
                send(exchange, always || before % 2 == 0 ? 500 : 503, "{\"errors\":\"Error interno\"}");
            } else if (fate < behaviour.errors() + behaviour.malformed()) {
                send(
                        exchange,
                        200,
                        List.of("{\"data\":{\"lot_serial", "<html>Mantenci\u00f3n</html>", "{\"data\":[]}")
                                .get(before % 3));
            } else {
                route(exchange, exchange.getRequestURI().getPath());
            }
        } finally {
            calls.end();
        }
    }

    private void route(HttpExchange exchange, String path) throws IOException {
        Matcher lots = LOTS.matcher(path);
        if (path.equals("/api/v1/bodegas")) {
            send(exchange, 200, json(Map.of("data", Map.of("warehouses", stock.warehouses()))));
        } else if (path.equals("/api/v1/productos")) {
            send(exchange, 200, products(exchange.getRequestURI().getQuery()));
        } else if (lots.matches()) {
            var found = stock.lots(Long.parseLong(lots.group(1)), Long.parseLong(lots.group(2)));
            send(exchange, found.isEmpty() ? 404 : 200, json(Map.of("data", Map.of("lot_serial_numbers", found))));
        } else {
            send(exchange, 404, "{\"errors\":\"No existe\"}");
        }
    }

    private String products(String query) throws IOException {
        int page = query != null && query.matches("page=\\d{1,6}") ? Integer.parseInt(query.substring(5)) : 1;
        List<Map<String, Object>> all = stock.allProducts();
        int from = Math.min(all.size(), (page - 1) * PAGE);
        int to = Math.min(all.size(), from + PAGE);
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("current_page", page);
        meta.put("next_page", to < all.size() ? page + 1 : null);
        return json(Map.of("data", Map.of("products", all.subList(from, to)), "meta", meta));
    }

    private static String json(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
