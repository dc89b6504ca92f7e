package bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as Typesense does to one who writes documents, at once or after so many milliseconds, and keeps only their number. */
final class SearchStub {
    private static final byte[] SUCCESS = "{\"success\":true}\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SCHEMA = """
            {"name":"products_search","num_documents":0,"fields":[
             {"name":"created_at","type":"int64","optional":true,"index":true,"sort":true,"store":true},
             {"name":"deleted_at","type":"int64","optional":true,"index":true,"sort":true,"store":true}]}""";

    private final AtomicLong documents = new AtomicLong();
    private final long latency;

    private SearchStub(long latency) {
        this.latency = latency;
    }

    public static void main(String... arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SearchStub stub = new SearchStub(Long.parseLong(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", stub::handle);
        server.start();
        Child.ready("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        byte[] answer = path.endsWith("/documents/import") ? imported(body) : other(exchange, path);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private byte[] other(HttpExchange exchange, String path) {
        if (path.equals("/written")) {
            return Long.toString(documents.getAndSet(0)).getBytes(StandardCharsets.US_ASCII);
        }
        if (exchange.getRequestMethod().equals("PATCH") && path.contains("/documents/")) {
            pause();
            documents.incrementAndGet();
            return "{}".getBytes(StandardCharsets.US_ASCII);
        }
        return SCHEMA.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] imported(byte[] body) {
        pause();
        int lines = 0;
        for (byte each : body) {
            lines += each == '\n' ? 1 : 0;
        }
        lines += body.length > 0 && body[body.length - 1] != '\n' ? 1 : 0;
        documents.addAndGet(lines);
        byte[] answer = new byte[lines * SUCCESS.length];
        for (int i = 0; i < lines; i++) {
            System.arraycopy(SUCCESS, 0, answer, i * SUCCESS.length, SUCCESS.length);
        }
        return answer;
    }

    private void pause() {
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
